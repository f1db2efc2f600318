using System.Collections.Immutable;
using System.Globalization;
using Sallyport.CloudFormation.Values;
using Sallyport.Declarations;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>Reads one permission: an item of a group's list, or the properties of a rule that stands apart.</summary>
internal sealed class PermissionReader(Identities identities)
{
    private static readonly ImmutableArray<string> IngressPeers = ["SourceSecurityGroupId", "SourceSecurityGroupName"];

    private static readonly ImmutableArray<string> EgressPeers = ["DestinationSecurityGroupId"];

    /// <summary>Reads it; what is said about blocks goes to <paramref name="said"/>.</summary>
    /// <param name="find">A property by name; null or <see cref="NothingValue"/> when it is absent.</param>
    /// <param name="direction">Which side it stands on.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="said">Where corrections are said.</param>
    public CandidateRule Read(Func<string, TemplateValue?> find, Direction direction, SourceSpan at, FileDiagnostics said)
    {
        var reading = new Reading(find, direction, at);
        var protocol = reading.Text("IpProtocol");
        var from = reading.Port("FromPort");
        var to = reading.Port("ToPort");
        var description = find("Description");
        var peers = ImmutableArray.CreateBuilder<Peer>();
        string? slip = null;
        foreach (var (field, family) in new[] { ("CidrIp", IpFamily.V4), ("CidrIpv6", IpFamily.V6) })
        {
            if (reading.Text(field) is not { } text) continue;
            var block = DeclaredBlock.Read(text.Trim(), family, field, at, said);
            slip ??= block.Slip;
            reading.Problem ??= block.Problem;
            if (block.Peer is not null) peers.Add(block.Peer);
        }

        var list = direction == Direction.Ingress ? "SourcePrefixListId" : "DestinationPrefixListId";
        if (reading.Value(list) is { } prefixList)
        {
            if (identities.Of(prefixList) is { } id) peers.Add(new PrefixListPeer(new PrefixListId(id)));
            else reading.Doubt(list, prefixList);
        }

        foreach (var field in direction == Direction.Ingress ? IngressPeers : EgressPeers)
        {
            if (reading.Value(field) is not { } value) continue;
            if (identities.GroupOf(value) is not { } group) reading.Doubt(field, value);
            else if (!peers.OfType<GroupPeer>().Any(p => p.Group == group)) peers.Add(new GroupPeer(group) { Account = OwnerOf(find("SourceSecurityGroupOwnerId")) });
        }

        if (reading.Why is { } why) return new CandidateRule(null, why);
        if (peers.Count > 1) slip ??= "it names more than one peer, where CloudFormation takes one";
        return new CandidateRule(
            new DeclaredPermission(direction, at)
            {
                Protocol = protocol,
                From = from,
                To = to,
                Peers = peers.ToImmutable(),
                Description = description?.Written ?? string.Empty,
                UnknownDescription = description?.WhyUnknown,
                Slip = slip,
                Problem = reading.Problem,
            },
            null);
    }

    private static string? OwnerOf(TemplateValue? value) =>
        value is TextValue { Text: { Length: 12 } text } && text.All(char.IsAsciiDigit) ? text : null;

    private sealed class Reading(Func<string, TemplateValue?> find, Direction direction, SourceSpan at)
    {
        public string? Why { get; private set; }

        public string? Problem { get; set; }

        /// <summary>A property that is there; null otherwise.</summary>
        public TemplateValue? Value(string field) => find(field) is { } value and not NothingValue ? value : null;

        public string? Text(string field)
        {
            switch (Value(field))
            {
                case null: return null;
                case TextValue text: return text.Text;
                case var other:
                    Doubt(field, other);
                    return null;
            }
        }

        public int? Port(string field)
        {
            if (Text(field) is not { } text) return null;
            if (decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue) return (int)number;
            Problem ??= $"\"{(text.Length <= 40 ? text : text[..40])}\" is not a number for {field}";
            return null;
        }

        public void Doubt(string field, TemplateValue value)
        {
            var why = value switch
            {
                OutsideValue outside => outside.Why,
                ReferenceValue reference => $"{reference.Address} is known when the stack is deployed",
                UnknownValue unknown => unknown.Why,
                _ => "it is no single value",
            };
            Why ??= $"The {direction.ToString().ToLowerInvariant()} rule at {at.File}:{at.Line} cannot be worked out: {field} is not known, because {why}.";
        }
    }
}
