using System.Collections.Immutable;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Connections.Binding;

/// <summary>Binds <c>connections</c> and <c>residual</c>.</summary>
internal sealed class ConnectionBinder(BindingContext context)
{
    public ImmutableArray<Connection> Bind(Section file)
    {
        var result = ImmutableArray.CreateBuilder<Connection>();
        foreach (var (id, value) in file.Named("connections"))
        {
            if (Section.Open(value, ConnectionsKeys.Connection, context, id.At) is { } section) result.Add(BindConnection(id.Text, section));
        }

        return result.DrainToImmutable();
    }

    public ImmutableArray<Residual> BindResiduals(Section file)
    {
        var result = ImmutableArray.CreateBuilder<Residual>();
        foreach (var node in file.Items("residual"))
        {
            if (Section.Open(node, ConnectionsKeys.Residual, context) is { } section) result.Add(BindResidual(section));
        }

        return result.DrainToImmutable();
    }

    private Connection BindConnection(string id, Section section)
    {
        var from = EndsOf(section, "from");
        var to = EndsOf(section, "to");
        var sides = context.Choice(
            section["sides"], "sides", ("both", ConnectionSides.Both), ("ingress", ConnectionSides.Ingress), ("egress", ConnectionSides.Egress));
        var reason = section.Text("reason");
        if (reason is null && section["reason"] is null)
        {
            context.Report(sides == ConnectionSides.Both
                ? ConnectionsDiagnostics.NoReason($"The connection \"{id}\"", section.At)
                : ConnectionsDiagnostics.HalfWithoutReason(id, section.Text("sides")!, section.At));
        }

        var services = context.ServiceList(section["services"], $"The connection \"{id}\"", section.At);
        CheckEnds(id, from, to, sides, section);
        CheckFamilies(from.Concat(to), services, section.At);
        return new Connection(id, from, to, services, reason ?? string.Empty)
        {
            Sides = sides,
            PeerAs = context.Choice(section["peerAs"], "peerAs", ("auto", PeerForm.Auto), ("group", PeerForm.Group), ("cidr", PeerForm.Cidr)),
            Owner = section.Text("owner"),
            CoveredBy = section.Text("coveredBy"),
            At = section.At,
        };
    }

    private ImmutableArray<string> EndsOf(Section section, string key)
    {
        if (section[key] is null or ListNode { Items.Length: 0 })
        {
            context.Report(YamlDiagnostics.MissingKey(key, "a connection", section[key]?.At ?? section.At));
            return [];
        }

        return context.Ends(section[key], key);
    }

    private void CheckEnds(string id, ImmutableArray<string> from, ImmutableArray<string> to, ConnectionSides sides, Section section)
    {
        var outside = from.FirstOrDefault(IsExternal);
        var target = to.FirstOrDefault(IsExternal);
        if (outside is not null && target is not null)
        {
            context.Report(ConnectionsDiagnostics.ExternalToExternal(id, outside, target, section.At));
        }
        else if (sides == ConnectionSides.Egress && outside is not null)
        {
            context.Report(ConnectionsDiagnostics.HalfOnExternal(id, "egress", outside, section["sides"]!.At));
        }
        else if (sides == ConnectionSides.Ingress && target is not null)
        {
            context.Report(ConnectionsDiagnostics.HalfOnExternal(id, "ingress", target, section["sides"]!.At));
        }

        bool IsExternal(string name) => context.Externals.ContainsKey(name) && !context.Groups.ContainsKey(name);
    }

    private void CheckFamilies(IEnumerable<string> ends, ImmutableArray<Service> services, SourceSpan at)
    {
        foreach (var end in ends)
        {
            if (!context.BoundExternals.TryGetValue(end, out var external)) continue;
            Check(Protocol.Icmp, IpFamily.V6, 6);
            Check(Protocol.IcmpV6, IpFamily.V4, 4);

            void Check(Protocol protocol, IpFamily family, int number)
            {
                if (services.FirstOrDefault(s => s.Protocol == protocol) is { Protocol: var p } service && p == protocol && external.Cidrs.Any(c => c.Family == family))
                {
                    context.Report(ConnectionsDiagnostics.IcmpFamily(service.ToString(), end, number, at));
                }
            }
        }
    }

    private Residual BindResidual(Section section)
    {
        var group = section.Required("group");
        if (group is not null && !context.Groups.ContainsKey(group))
        {
            context.Report(ConnectionsDiagnostics.UnknownGroup(group, context.Nearest(group, context.Groups.Keys), section["group"]!.At));
        }
        else if (group is not null && context.ReadOnlyGroups.Contains(group))
        {
            context.Report(ConnectionsDiagnostics.ResidualOnReadOnly(group, section.At));
        }

        section.Required("direction");
        var direction = context.Choice(section["direction"], "direction", ("ingress", Direction.Ingress), ("egress", Direction.Egress));
        var services = context.ServiceList(section["services"], "The residual", section.At);
        return new Residual(group ?? string.Empty, direction, section.Required("peer") is null ? string.Empty : PeerOf(section["peer"]), services)
        {
            Imported = context.Date(section["import"], "import"),
            Review = context.Date(section["review"], "review"),
            Reason = section.Text("reason"),
            At = section.At,
        };
    }

    /// <summary>A canonical CIDR, a declared name, or an id of a group or prefix list; empty (and said) otherwise.</summary>
    private string PeerOf(SyntaxNode? node)
    {
        if (node is not ScalarNode scalar) return string.Empty;
        var text = scalar.Text.Trim();
        if (text.Contains('/', StringComparison.Ordinal)) return context.Block(scalar)?.ToString() ?? string.Empty;
        if (context.Groups.ContainsKey(text) || context.Externals.ContainsKey(text)) return text;
        var isId = (text.StartsWith("sg-", StringComparison.Ordinal) || text.StartsWith("pl-", StringComparison.Ordinal))
            && text.Length <= 63 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-');
        if (isId) return text;
        context.Report(ConnectionsDiagnostics.UnknownPeer(text, context.Nearest(text, context.Groups.Keys.Concat(context.Externals.Keys)), node.At));
        return string.Empty;
    }
}
