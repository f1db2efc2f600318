namespace Sallyport.Aws.Tests.Ec2;

/// <summary>One request as it arrived.</summary>
internal sealed record SentRequest(IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Form)
{
    public string Action => Form["Action"];
}
