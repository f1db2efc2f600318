using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Networks;

/// <summary>SP-VPC-05: a VPC lacks the firewall or the endpoints that policy asks for.</summary>
internal sealed class MissingVpcEndpoint : AuditRule
{
    public override string Code => "SP-VPC-05";

    public override string Title => "No Network Firewall or endpoints";

    public override RuleFamily Family => RuleFamily.Vpc;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<Control> Controls => ControlBundles.Endpoints;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.VpcFirewall, AuditParameters.VpcServices];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Vpcs, AuditNeed.Interfaces, AuditNeed.Configuration];

    public override RuleGuide Guide => new(
        What: "A VPC with interfaces has no Gateway Load Balancer endpoint, which is how a network firewall is reached (when vpc.firewall is true), or no endpoint of a service of vpc.endpoints. Not assessed until one of the two is set.",
        Why: "Without endpoints traffic to AWS services leaves by the internet, and egress must be opened for it.",
        Fix: "Create the endpoints, and route to the firewall.",
        Fires: "set vpc.endpoints s3\ngroup web\ninterface eni-1 web 10.1.0.5",
        Quiet: "set vpc.endpoints s3\ngroup web\ninterface eni-1 web 10.1.0.5\nendpoint vpce-1 com.amazonaws.eu-west-1.s3 - kind Gateway");

    internal override string? WhyNotAssessed(AuditContext context) =>
        !context.Parameters.Get(AuditParameters.VpcFirewall) && context.Parameters.Get(AuditParameters.VpcServices).IsEmpty ? "needs vpc.firewall or vpc.endpoints" : null;

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        context.DoubtMissing(this, GapKind.VpcEndpoints, "VPC endpoints", sink);
        context.DoubtMissing(this, GapKind.NetworkInterfaces, "interfaces", sink, s => !context.Facts.IsMissing(GapKind.VpcEndpoints, s));
        var used = context.Estate.NetworkInterfaces.Select(n => n.Vpc).OfType<VpcId>().ToHashSet();
        var endpoints = context.Estate.VpcEndpoints.Where(e => e.State is "available" or "").ToLookup(e => e.Vpc);
        foreach (var vpc in context.Estate.Vpcs)
        {
            if (!used.Contains(vpc.Id) || context.Facts.IsMissing(GapKind.VpcEndpoints, vpc.Scope)) continue;
            var missing = new List<string>();
            if (context.Parameters.Get(AuditParameters.VpcFirewall) && !endpoints[vpc.Id].Any(e => e.Kind == "GatewayLoadBalancer")) missing.Add("a network firewall");
            missing.AddRange(context.Parameters.Get(AuditParameters.VpcServices).Where(s => !endpoints[vpc.Id].Any(e => Serves(e.Service, s))));
            if (missing.Count > 0) sink.Report(this, FindingResource.Of(vpc), $"The VPC has no endpoint for {string.Join(", ", missing)}.");
        }
    }

    // com.amazonaws.eu-west-1.s3 is s3, com.amazonaws.eu-west-1.ecr.api is ecr.api.
    private static bool Serves(string service, string wanted) =>
        service == wanted || (service.StartsWith("com.amazonaws.", StringComparison.Ordinal) && service.Split('.', 4) is [_, _, _, var name] && name == wanted);
}
