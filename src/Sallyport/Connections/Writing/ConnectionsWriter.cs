using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Writing;

/// <summary>
/// Writes a connections file as YAML in the layout of the design's sketch (reference: reachability-and-synthesis §8.2), in the
/// order of the model, lines ended by <c>\n</c>. Reading what was written and writing it again gives the same bytes.
/// </summary>
public sealed class ConnectionsWriter
{
    private readonly ConnectionsFile _file;
    private readonly TextWriter _output;
    private readonly Dictionary<string, string> _serviceNames = [];

    private ConnectionsWriter(ConnectionsFile file, TextWriter output)
    {
        _file = file;
        _output = output;
        foreach (var service in file.Services) _serviceNames.TryAdd(string.Join(',', service.Services), service.Name);
    }

    /// <summary>Writes the whole file.</summary>
    public static void Write(ConnectionsFile file, TextWriter output) => new ConnectionsWriter(file, output).Write();

    private void Write()
    {
        Line("# Connections: which group may open what to whom, and why. Both sides' rules are compiled from this file.");
        Line("# A group named here is managed whole: rules that nothing below declares are revoked (see settings).");
        Line("version: 1");
        WriteScope();
        WriteGroups();
        WriteExternals();
        WriteServices();
        WriteConnections();
        WriteResiduals();
        WriteTests();
        WriteExceptions();
        WriteSettings();
    }

    private void WriteScope()
    {
        var scope = new FlowMap()
            .AddList("accounts", _file.Scope.Accounts)
            .AddList("regions", _file.Scope.Regions)
            .AddList("vpcs", _file.Scope.Vpcs);
        if (!scope.IsEmpty) Line($"scope: {scope}");
    }

    private void WriteGroups()
    {
        if (_file.Groups.IsEmpty) return;
        Line();
        Line("groups:");
        foreach (var group in _file.Groups)
        {
            var map = new FlowMap();
            if (group.Sg is { } sg) map.Add("sg", YamlScalar.Of(sg.Value));
            if (group.Select is { } select) map.Add("select", SelectorOf(select).ToString());
            map.AddText("owner", group.Owner);
            if (group.IsReadOnly) map.Add("readOnly", "true");
            Line($"  {YamlScalar.Of(group.Name)}: {map}{(group.IsReadOnly ? "  # managed by others: may be a peer, nothing on it is changed" : string.Empty)}");
        }
    }

    private static FlowMap SelectorOf(GroupSelector select)
    {
        var map = new FlowMap()
            .AddText("name", select.Name)
            .AddText("account", select.Account)
            .AddText("region", select.Region)
            .AddText("vpc", select.Vpc);
        if (select.Tags.IsEmpty) return map;
        var tags = new FlowMap();
        foreach (var (key, value) in select.Tags.Pairs) tags.Add(YamlScalar.Of(key), YamlScalar.Of(value));
        return map.Add("tags", tags.ToString());
    }

    private void WriteExternals()
    {
        if (_file.Externals.IsEmpty) return;
        Line();
        Line("externals:");
        foreach (var external in _file.Externals)
        {
            var map = new FlowMap();
            if (external.PrefixList is null) map.Add("cidrs", FlowMap.ListOf(external.Cidrs.Select(c => c.ToString())));
            else map.AddText("prefixList", external.PrefixList);
            if (external.IsPublic) map.Add("public", "true");
            map.AddText("owner", external.Owner);
            Line($"  {YamlScalar.Of(external.Name)}: {map}");
        }
    }

    private void WriteServices()
    {
        if (_file.Services.IsEmpty) return;
        Line();
        Line("services:");
        foreach (var service in _file.Services)
        {
            Line($"  {YamlScalar.Of(service.Name)}: {FlowMap.ListOf(service.Services.Select(s => s.ToString()))}");
        }
    }

    private void WriteConnections()
    {
        if (_file.Connections.IsEmpty) return;
        Line();
        Line("connections:");
        foreach (var connection in _file.Connections)
        {
            Line($"  {YamlScalar.Of(connection.Id)}:");
            Line($"    from: {EndsOf(connection.From)}");
            Line($"    to: {EndsOf(connection.To)}");
            Line($"    services: {ServicesOf(connection.Services)}");
            Line($"    reason: {YamlScalar.Quoted(connection.Reason)}");
            if (connection.Owner is not null) Line($"    owner: {YamlScalar.Of(connection.Owner)}");
            if (connection.Sides != ConnectionSides.Both) Line($"    sides: {(connection.Sides == ConnectionSides.Ingress ? "ingress" : "egress")}");
            if (connection.PeerAs != PeerForm.Auto) Line($"    peerAs: {(connection.PeerAs == PeerForm.Group ? "group" : "cidr")}");
            if (connection.CoveredBy is not null) Line($"    coveredBy: {YamlScalar.Quoted(connection.CoveredBy)}");
        }
    }

    private void WriteResiduals()
    {
        if (_file.Residuals.IsEmpty) return;
        Line();
        Line("# Half-rules kept exactly as they were found. Declare each as a connection or delete it here.");
        Line("residual:");
        foreach (var residual in _file.Residuals)
        {
            Line($"  # {CommentOn(residual)}");
            var map = new FlowMap()
                .AddText("group", residual.Group)
                .Add("direction", residual.Direction == Direction.Ingress ? "ingress" : "egress")
                .AddText("peer", residual.Peer)
                .Add("services", ServicesOf(residual.Services));
            if (residual.Imported is { } imported) map.Add("import", DateOf(imported));
            if (residual.Review is { } review) map.Add("review", DateOf(review));
            if (residual.Reason is not null) map.Add("reason", YamlScalar.Quoted(residual.Reason));
            Line($"  - {map}");
        }
    }

    /// <summary>Says what the half-rule is. Names are bound names, ids or blocks: nothing in them can end a comment.</summary>
    private static string CommentOn(Residual residual)
    {
        var (group, peer) = (Printable(residual.Group), Printable(residual.Peer));
        var isWorld = Cidr.TryParse(residual.Peer, out var block) && block.PrefixLength == 0;
        return residual.Direction == Direction.Egress
            ? isWorld ? $"open egress: whatever carries {group} may open this to the whole internet" : $"egress of {group} that {peer} does not answer with an ingress rule"
            : isWorld ? $"open ingress: the whole internet may open this to {group}" : $"ingress of {group} that {peer} does not answer with an egress rule";
    }

    private static string Printable(string text) => YamlScalar.Of(text);

    private void WriteTests()
    {
        if (_file.Tests.IsEmpty) return;
        Line();
        Line("tests:");
        foreach (var test in _file.Tests)
        {
            var kind = test.Kind switch { TestKind.Must => "must", TestKind.Never => "never", _ => "only" };
            var map = new FlowMap().AddText("id", test.Id).Add(kind, AssertionOf(test.From, test.To, test.Services).ToString());
            if (test.IsEffective) map.Add("layer", "effective");
            if (test.AllowsEmpty) map.Add("allowEmpty", "true");
            Line($"  - {map}");
        }
    }

    private void WriteExceptions()
    {
        if (_file.Exceptions.IsEmpty) return;
        Line();
        Line("exceptions:");
        foreach (var exception in _file.Exceptions)
        {
            var map = new FlowMap()
                .AddText("id", exception.Id)
                .AddText("test", exception.Test)
                .Add("allow", AssertionOf(exception.From, exception.To, exception.Services).ToString())
                .Add("reason", YamlScalar.Quoted(exception.Reason))
                .AddText("approvedBy", exception.ApprovedBy)
                .Add("expires", DateOf(exception.Expires));
            Line($"  - {map}");
        }
    }

    private FlowMap AssertionOf(ImmutableArray<string> from, ImmutableArray<string> to, ImmutableArray<Service> services)
    {
        var map = new FlowMap().Add("from", EndsOf(from)).Add("to", EndsOf(to));
        return services.IsEmpty ? map : map.Add("services", ServicesOf(services));
    }

    private void WriteSettings()
    {
        var (settings, defaults) = (_file.Settings, new ConnectionsSettings());
        if (settings == defaults) return;
        var map = new FlowMap().Add("unmanagedRules", settings.UnmanagedRules == UnmanagedRules.Report ? "report" : "revoke");
        if (settings.MaxWiden != defaults.MaxWiden) map.AddText("maxWiden", settings.MaxWiden);
        if (settings.RulesPerGroup != defaults.RulesPerGroup)
        {
            map.Add("quotas", new FlowMap().Add("rulesPerSg", settings.RulesPerGroup.ToString(CultureInfo.InvariantCulture)).ToString());
        }

        Line();
        Line($"settings: {map}");
    }

    /// <summary>One end stands alone, several (or none) as a list.</summary>
    private static string EndsOf(ImmutableArray<string> names) => names.Length == 1 ? YamlScalar.Of(names[0]) : FlowMap.ListOf(names);

    /// <summary>A list that is declared under a name is written by that name.</summary>
    private string ServicesOf(ImmutableArray<Service> services) => _serviceNames.TryGetValue(string.Join(',', services), out var name)
        ? $"[{YamlScalar.Of(name)}]"
        : FlowMap.ListOf(services.Select(s => s.ToString()));

    private static string DateOf(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Line(string text = "")
    {
        _output.Write(text);
        _output.Write('\n');
    }
}
