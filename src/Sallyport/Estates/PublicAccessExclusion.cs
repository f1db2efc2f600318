namespace Sallyport.Estates;

/// <summary>A VPC or subnet that block public access leaves alone (EC2 API: VpcBlockPublicAccessExclusion).</summary>
/// <param name="Id"><c>vpcbpa-exclude-…</c>.</param>
/// <param name="Scope">Where.</param>
/// <param name="Resource">Id of the VPC or subnet.</param>
public sealed record PublicAccessExclusion(string Id, Scope Scope, string Resource)
{
    /// <summary><c>allow-bidirectional</c> or <c>allow-egress</c>.</summary>
    public string Mode { get; init; } = string.Empty;

    /// <summary><c>create-complete</c>, <c>update-complete</c>, <c>delete-complete</c> …; empty when unknown.</summary>
    public string State { get; init; } = string.Empty;
}
