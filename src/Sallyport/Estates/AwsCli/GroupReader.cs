using System.Runtime.InteropServices;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.AwsCli;

/// <summary>
/// Reads groups in EC2's grouped view (<c>describe-security-groups</c>), token by token. A permission's peers may come before its protocol and
/// ports, so they wait in a list until the permission ends.
/// </summary>
internal sealed class GroupReader(JsonInput input, EstateFile file, RuleParts parts, EstateBuilder into, FileDiagnostics said, bool useScanner)
{
    private readonly PermissionScanner? _scanner = useScanner ? new PermissionScanner(parts, input.File) : null;

    private readonly List<SecurityGroupRule> _rules = [];
    private readonly List<MalformedRule> _malformed = [];
    private readonly List<(Peer? Peer, string Description, int Line, string? Problem, string? Slip)> _peers = [];

    /// <summary>Reads the object the reader stands in, which begins at that place.</summary>
    public void Read(ref Utf8JsonReader reader, SourceSpan at)
    {
        string? id = null, name = null, description = null, vpc = null, owner = null, arn = null;
        var tags = Tags.None;
        bool hasIngress = false, hasEgress = false;
        _rules.Clear();
        _malformed.Clear();
        while (input.NextProperty(ref reader))
        {
            var key = reader.ValueSpan;
            if (key.SequenceEqual("IpPermissions"u8)) hasIngress |= ReadPermissions(ref reader, Direction.Ingress);
            else if (key.SequenceEqual("IpPermissionsEgress"u8)) hasEgress |= ReadPermissions(ref reader, Direction.Egress);
            else if (key.SequenceEqual("GroupId"u8)) id = parts.Text(ref reader, "GroupId");
            else if (key.SequenceEqual("GroupName"u8)) name = parts.Text(ref reader, "GroupName");
            else if (key.SequenceEqual("Description"u8)) description = parts.Text(ref reader, "Description");
            else if (key.SequenceEqual("VpcId"u8)) vpc = parts.Text(ref reader, "VpcId");
            else if (key.SequenceEqual("OwnerId"u8)) owner = parts.Text(ref reader, "OwnerId");
            else if (key.SequenceEqual("SecurityGroupArn"u8)) arn = parts.Text(ref reader, "SecurityGroupArn");
            else if (key.SequenceEqual("Tags"u8)) tags = parts.Tags(ref reader);
            else input.Skip(ref reader);
        }

        if (string.IsNullOrEmpty(id))
        {
            said.Add(EstateDiagnostics.MissingField("security group", "GroupId", at));
            return;
        }

        foreach (var malformed in _malformed) said.Add(EstateDiagnostics.MalformedRule(id, malformed.Problem, malformed.At!));
        if (!hasIngress || !hasEgress)
        {
            var missing = hasIngress ? "its egress rules" : hasEgress ? "its ingress rules" : "its rules";
            said.Add(EstateDiagnostics.GroupWithoutRules(id, missing, at));
            into.AddWithoutRules(new SecurityGroupId(id), missing);
        }

        into.Add(new SecurityGroup(new SecurityGroupId(id), ScopeNames.Of(file.Fallback, owner, arn))
        {
            Name = name ?? string.Empty,
            Description = description ?? string.Empty,
            Vpc = string.IsNullOrEmpty(vpc) ? null : new VpcId(vpc),
            Tags = tags,
            Rules = ImmutableCollectionsMarshal.AsImmutableArray(_rules.ToArray()),
            Malformed = [.. _malformed],
            At = at,
        });
    }

    private bool ReadPermissions(ref Utf8JsonReader reader, Direction direction)
    {
        var field = direction == Direction.Ingress ? "IpPermissions" : "IpPermissionsEgress";
        if (!parts.EnterList(ref reader, field)) return false;
        var listStart = reader.CurrentState;
        ScanOn(ref reader, listStart, direction, isFirst: true);
        while (input.NextElement(ref reader))
        {
            if (!parts.IsObject(ref reader, field)) continue;
            ReadPermission(ref reader, direction);
            ScanOn(ref reader, listStart, direction, isFirst: false);
        }

        return true;
    }

    /// <summary>
    /// Lets the scanner take as many permissions as are plain, and sets the reader behind them: between two permissions the reader is in the
    /// state it had at the list's start.
    /// </summary>
    private void ScanOn(ref Utf8JsonReader reader, JsonReaderState listStart, Direction direction, bool isFirst)
    {
        if (_scanner is null) return;
        var ahead = input.Ahead(ref reader);
        var start = 0;
        if (!isFirst)
        {
            start = ahead.IndexOfAnyExcept(" \t\r\n"u8);
            if (start < 0 || ahead[start] != ',') return;
            start++;
        }

        var found = ahead[start..].IndexOfAnyExcept(" \t\r\n"u8);
        if (found < 0 || ahead[start + found] != '{') return;
        start += found;
        var taken = _scanner.Scan(ahead[start..], input.LineAhead(ref reader, start), direction, _rules);
        if (taken > 0) input.Advance(ref reader, start + taken, listStart);
    }

    private void ReadPermission(ref Utf8JsonReader reader, Direction direction)
    {
        var line = input.LineOf(ref reader);
        Protocol? protocol = null;
        string? protocolText = null;
        int? from = null, to = null;
        _peers.Clear();
        while (input.NextProperty(ref reader))
        {
            var key = reader.ValueSpan;
            if (key.SequenceEqual("IpProtocol"u8)) protocol = parts.Protocol(ref reader, "IpProtocol", out protocolText);
            else if (key.SequenceEqual("FromPort"u8)) from = parts.Number(ref reader, "FromPort");
            else if (key.SequenceEqual("ToPort"u8)) to = parts.Number(ref reader, "ToPort");
            else if (key.SequenceEqual("IpRanges"u8)) ReadPeers(ref reader, "IpRanges");
            else if (key.SequenceEqual("Ipv6Ranges"u8)) ReadPeers(ref reader, "Ipv6Ranges");
            else if (key.SequenceEqual("UserIdGroupPairs"u8)) ReadPeers(ref reader, "UserIdGroupPairs");
            else if (key.SequenceEqual("PrefixListIds"u8)) ReadPeers(ref reader, "PrefixListIds");
            else input.Skip(ref reader);
        }

        if (_peers.Count == 0)
        {
            Refuse(direction, "it names no peer", line);
            return;
        }

        string? problem = null, slip = null;
        Service service = default;
        if (protocol is not { } known) problem = protocolText is null ? "it names no protocol" : $"\"{protocolText}\" is not a protocol";
        else if (!Service.TryCreate(known, from, to, out service, out problem)) known = default;
        else slip = parts.PortSlip(known, from, to, new SourceSpan(input.File, line));
        foreach (var (peer, description, peerLine, peerProblem, peerSlip) in CollectionsMarshal.AsSpan(_peers))
        {
            if ((problem ?? peerProblem) is { } clause) Refuse(direction, clause, peerLine);
            else _rules.Add(new SecurityGroupRule(direction, service, peer!) { Description = description, Slip = slip ?? peerSlip, File = input.File, Line = peerLine });
        }
    }

    private void ReadPeers(ref Utf8JsonReader reader, string field)
    {
        if (!parts.EnterList(ref reader, field)) return;
        while (input.NextElement(ref reader))
        {
            if (!parts.IsObject(ref reader, field)) continue;
            var line = input.LineOf(ref reader);
            var description = string.Empty;
            if (field == "UserIdGroupPairs")
            {
                var group = parts.Group(ref reader, ref description);
                _peers.Add((group, description, line, group is null ? "it names a group without its id" : null, null));
                continue;
            }

            Peer? peer = null;
            string? problem = null, slip = null;
            while (input.NextProperty(ref reader))
            {
                var key = reader.ValueSpan;
                if (key.SequenceEqual("CidrIp"u8)) peer = parts.Block(ref reader, "CidrIp", IpFamily.V4, out problem, ref slip);
                else if (key.SequenceEqual("Description"u8)) description = parts.Text(ref reader, "Description") ?? string.Empty;
                else if (key.SequenceEqual("CidrIpv6"u8)) peer = parts.Block(ref reader, "CidrIpv6", IpFamily.V6, out problem, ref slip);
                else if (key.SequenceEqual("PrefixListId"u8)) peer = parts.List(ref reader, "PrefixListId");
                else input.Skip(ref reader);
            }

            _peers.Add((peer, description, line, peer is null ? problem ?? "it names no peer" : null, slip));
        }
    }

    private void Refuse(Direction direction, string problem, int line) =>
        _malformed.Add(new MalformedRule(direction, problem, new SourceSpan(input.File, line)));
}
