using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Networks;

/// <summary>SP-VPC-04: block public access is off for the VPCs of an account and Region.</summary>
internal sealed class PublicAccessNotBlocked : AuditRule
{
    public override string Code => "SP-VPC-04";

    public override string Title => "VPC Block Public Access off";

    public override RuleFamily Family => RuleFamily.Vpc;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.BlockPublicAccess];

    public override RuleGuide Guide => new(
        What: "The block-public-access options of VPCs in an account and Region are neither block-ingress nor block-bidirectional.",
        Why: "Where nothing should be reachable from the internet, this is the one switch that no group, route or ACL can undo.",
        Fix: "Block ingress, and exclude the VPCs and subnets that serve the internet.",
        Fires: "group web\npublicaccess off",
        Quiet: "group web\npublicaccess block-ingress");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var blocks = context.Estate.PublicAccessBlocks.ToDictionary(b => b.Scope);
        foreach (var scope in context.AnsweredScopes)
        {
            if (!blocks.TryGetValue(scope, out var block) || block.Mode.Length == 0) sink.Doubt(this, FindingResource.Of(scope), [$"{scope.Describe("block-public-access options")} were not read"]);
            else if (!block.BlocksIngress) sink.Report(this, FindingResource.Of(scope), $"Block public access of VPCs is {block.Mode}{(scope.IsUnknown ? string.Empty : $" in {scope}")}.");
        }
    }
}
