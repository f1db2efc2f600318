namespace Sallyport.Lab.Identity;

/// <summary>Who signed a request.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Arn">The user or assumed role.</param>
/// <param name="UserId">The unique id STS gives.</param>
internal sealed record Caller(string Account, string Arn, string UserId);
