using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-07: an interface carries a banned group, or lacks one that it must carry.</summary>
internal sealed class BannedOrMissingGroup : AuditRule
{
    public override string Code => "SP-USE-07";

    public override string Title => "Banned / mandatory group";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.BannedGroups, AuditParameters.RequiredGroups, AuditParameters.EnvironmentTag, AuditParameters.ServiceTag, AuditParameters.AppTag, AuditParameters.OsTag];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Configuration];

    public override RuleGuide Guide => new(
        What: "An interface carries a group of groups.banned, or lacks a group of groups.required that applies to it. A requirement without a condition applies to every interface that no service made; placeholders such as os-{os} are filled in from the tags of the interface or its instance, and without that tag the requirement does not apply.",
        Why: "Common groups carry what every server needs and what every monitor relies on; banned ones are known to be too open.",
        Fix: "Detach the banned group, attach the missing one.",
        Fires: "set groups.banned legacy-*\nset groups.required base\ngroup base\ngroup legacy-all\ninterface eni-1 legacy-all 10.1.0.5",
        Quiet: "set groups.banned legacy-*\nset groups.required base\ngroup base\ngroup web\ninterface eni-1 base,web 10.1.0.5");

    internal override string? WhyNotAssessed(AuditContext context) =>
        context.Parameters.Get(AuditParameters.BannedGroups).IsEmpty && context.Parameters.Get(AuditParameters.RequiredGroups).IsEmpty
            ? "needs configuration: groups.banned or groups.required" : null;

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        UnreadInterfaces.Doubt(this, context, sink);
        var banned = context.Parameters.Get(AuditParameters.BannedGroups);
        var required = context.Parameters.Get(AuditParameters.RequiredGroups);
        foreach (var nic in context.Estate.NetworkInterfaces) Judge(context, nic, banned, required, sink);
    }

    private void Judge(AuditContext context, NetworkInterface nic, ImmutableArray<string> banned, ImmutableArray<GroupRequirement> required, AuditSink sink)
    {
        var groups = nic.Groups.Select(id => (Id: id.Value, Name: context.Estate.Index.Groups.GetValueOrDefault(id) is { UnknownName: null } known ? known.Name : null)).ToList();
        var worst = groups.Where(g => banned.Any(b => IsNamed(b, g))).Select(g => g.Name is { Length: > 0 } name ? $"{g.Id} ({name})" : g.Id).ToList();
        var missing = new List<string>();
        foreach (var requirement in required)
        {
            if (!Applies(context, requirement, nic)) continue;
            var wanted = requirement.Group.Fill(p => ValueOf(context, nic, p));
            if (wanted is not null && !groups.Exists(g => IsNamed(wanted, g))) missing.Add(wanted);
        }

        var unread = groups.Find(g => string.IsNullOrEmpty(g.Name));
        if (worst.Count > 0 || (missing.Count > 0 && unread.Id is null))
        {
            var sentences = new List<string>();
            if (worst.Count > 0) sentences.Add($"{nic.Id} carries the banned group{(worst.Count == 1 ? string.Empty : "s")} {string.Join(", ", worst)}.");
            if (missing.Count > 0 && unread.Id is null) sentences.Add($"{nic.Id} does not carry {string.Join(", ", missing)}, as it must.");
            sink.Report(this, FindingResource.Of(nic), string.Join(' ', sentences));
        }
        else if (unread.Id is not null && (!banned.IsEmpty || missing.Count > 0))
        {
            sink.Doubt(this, FindingResource.Of(nic), [context.Estate.Index.Groups.GetValueOrDefault(new SecurityGroupId(unread.Id))?.UnknownName is { } why ? $"the name of group {unread.Id} is not known: {why}" : $"the name of group {unread.Id} was not read"]);
        }
    }

    private static bool IsNamed(string pattern, (string Id, string? Name) group) =>
        Wildcard.IsMatch(pattern, group.Id) || (group.Name is { Length: > 0 } name && Wildcard.IsMatch(pattern, name));

    private static bool Applies(AuditContext context, GroupRequirement requirement, NetworkInterface nic)
    {
        // A NAT gateway's interface and its like carry no groups at all; a service chooses the groups of what it makes.
        if (requirement.For.IsEmpty) return InterfaceOwner.Of(nic) is null && nic.InterfaceType is "interface" or "efa" or "trunk" or "branch" or "";
        return requirement.For.All(s => s.Selects(nic, context.Strategy));
    }

    private static string? ValueOf(AuditContext context, NetworkInterface nic, string placeholder) => placeholder switch
    {
        "region" => nic.Scope.Region is { Length: > 0 } region ? region : null,
        "environment" => context.Strategy.TagOf(nic, context.Parameters.Get(AuditParameters.EnvironmentTag)),
        "service" => context.Strategy.TagOf(nic, context.Parameters.Get(AuditParameters.ServiceTag)),
        "app" => context.Strategy.TagOf(nic, context.Parameters.Get(AuditParameters.AppTag)),
        _ => context.Strategy.TagOf(nic, context.Parameters.Get(AuditParameters.OsTag)),
    };
}
