namespace Sallyport.Aws.Ec2.Query;

/// <summary>What <see cref="SignatureV4"/> signs.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Endpoint">Scheme, host, port and path; no query string.</param>
/// <param name="Region">Region of the credential scope.</param>
/// <param name="Service">Service of the credential scope, such as <c>ec2</c>.</param>
/// <param name="ContentType">The header exactly as sent.</param>
/// <param name="Body">The body exactly as sent.</param>
internal sealed record SigningRequest(string Method, Uri Endpoint, string Region, string Service, string ContentType, ReadOnlyMemory<byte> Body);
