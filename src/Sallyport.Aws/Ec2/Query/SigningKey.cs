namespace Sallyport.Aws.Ec2.Query;

/// <summary>Credentials of one request. Never printed: <see cref="ToString"/> tells nothing.</summary>
internal readonly record struct SigningKey(string AccessKey, string SecretKey, string? SessionToken)
{
    public override string ToString() => "(credentials)";
}
