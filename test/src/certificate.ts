import { type Certificate, makeCertificate } from '@evenkeel/test-kit/certificate'

/** Made anew in each process. */
export const certificate: Certificate = await makeCertificate()
