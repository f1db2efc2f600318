namespace Sallyport.Estates;

/// <summary>Block public access of the VPCs of one account and Region (EC2 API: VpcBlockPublicAccessOptions).</summary>
/// <param name="Scope">Where it holds.</param>
/// <param name="Mode"><c>off</c>, <c>block-ingress</c> or <c>block-bidirectional</c>; empty when the source does not say.</param>
public sealed record PublicAccessBlock(Scope Scope, string Mode)
{
    /// <summary>True when internet gateways let nothing in from the internet, but for excluded VPCs and subnets.</summary>
    public bool BlocksIngress => Mode is "block-ingress" or "block-bidirectional";
}
