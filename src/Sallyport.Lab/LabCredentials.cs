namespace Sallyport.Lab;

/// <summary>A key pair the lab accepts. They open nothing but the lab: each is derived from the account number.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="AccessKeyId"><c>AKIA</c> and 16 characters.</param>
/// <param name="SecretAccessKey">40 characters.</param>
public sealed record LabCredentials(string Account, string AccessKeyId, string SecretAccessKey);
