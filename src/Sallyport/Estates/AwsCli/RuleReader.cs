using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.AwsCli;

/// <summary>Reads rules in EC2's rule view (<c>describe-security-group-rules</c>), token by token.</summary>
internal sealed class RuleReader(JsonInput input, EstateFile file, RuleParts parts, EstateBuilder into, FileDiagnostics said)
{
    /// <summary>Reads the object the reader stands in, which begins in that line.</summary>
    public void Read(ref Utf8JsonReader reader, int line)
    {
        string? id = null, group = null, owner = null, arn = null, protocolText = null, problem = null, slip = null, blockProblem;
        var description = string.Empty;
        bool? isEgress = null;
        Protocol? protocol = null;
        int? from = null, to = null;
        Peer? peer = null;
        var peers = 0;
        Tags? tags = null;
        while (input.NextProperty(ref reader))
        {
            var key = reader.ValueSpan;
            if (key.SequenceEqual("SecurityGroupRuleId"u8)) id = parts.Text(ref reader, "SecurityGroupRuleId");
            else if (key.SequenceEqual("GroupId"u8)) group = parts.Text(ref reader, "GroupId");
            else if (key.SequenceEqual("GroupOwnerId"u8)) owner = parts.Text(ref reader, "GroupOwnerId");
            else if (key.SequenceEqual("IsEgress"u8)) isEgress = parts.Flag(ref reader, "IsEgress");
            else if (key.SequenceEqual("IpProtocol"u8)) protocol = parts.Protocol(ref reader, "IpProtocol", out protocolText);
            else if (key.SequenceEqual("FromPort"u8)) from = parts.Number(ref reader, "FromPort");
            else if (key.SequenceEqual("ToPort"u8)) to = parts.Number(ref reader, "ToPort");
            else if (key.SequenceEqual("Description"u8)) description = parts.Text(ref reader, "Description") ?? string.Empty;
            else if (key.SequenceEqual("SecurityGroupRuleArn"u8)) arn = parts.Text(ref reader, "SecurityGroupRuleArn");
            else if (key.SequenceEqual("Tags"u8)) tags = parts.Tags(ref reader);
            else if (key.SequenceEqual("CidrIpv4"u8)) Take(parts.Block(ref reader, "CidrIpv4", IpFamily.V4, out blockProblem, ref slip), blockProblem, ref reader);
            else if (key.SequenceEqual("CidrIpv6"u8)) Take(parts.Block(ref reader, "CidrIpv6", IpFamily.V6, out blockProblem, ref slip), blockProblem, ref reader);
            else if (key.SequenceEqual("PrefixListId"u8)) Take(parts.List(ref reader, "PrefixListId"), null, ref reader);
            else if (key.SequenceEqual("ReferencedGroupInfo"u8))
            {
                input.Read(ref reader);
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    parts.Refuse(ref reader, "ReferencedGroupInfo", "an object");
                    continue;
                }

                var none = string.Empty;
                var referenced = parts.Group(ref reader, ref none);
                Take(referenced, referenced is null ? "it names a group without its id" : null, ref reader);
            }
            else input.Skip(ref reader);
        }

        var place = new SourceSpan(input.File, line);
        if (string.IsNullOrEmpty(group)) said.Add(EstateDiagnostics.MissingField("security group rule", "GroupId", place));
        if (isEgress is null) said.Add(EstateDiagnostics.MissingField("security group rule", "IsEgress", place));
        if (string.IsNullOrEmpty(group) || isEgress is not { } egress) return;

        var direction = egress ? Direction.Egress : Direction.Ingress;
        var scope = ScopeNames.Of(file.Fallback, owner, arn);
        Service service = default;
        if (peers == 0) problem ??= "it names no peer";
        else if (peers > 1) problem ??= "it names more than one peer";
        if (protocol is not { } known) problem ??= protocolText is null ? "it names no protocol" : $"\"{protocolText}\" is not a protocol";
        else if (Service.TryCreate(known, from, to, out service, out var impossible))
        {
            slip = parts.PortSlip(known, from, to, place) ?? slip;
        }
        else
        {
            problem ??= impossible;
        }

        var owningGroup = new SecurityGroupId(group);
        if (problem is not null)
        {
            said.Add(EstateDiagnostics.MalformedRule(group, problem, place));
            into.Add(new SecurityGroup(owningGroup, scope) { Malformed = [new MalformedRule(direction, problem, place)] });
            return;
        }

        into.Add(owningGroup, scope, new SecurityGroupRule(direction, service, peer!)
        {
            Id = string.IsNullOrEmpty(id) ? null : new SecurityGroupRuleId(id),
            Description = description,
            // A whole answer always has the list, empty or not; only --query leaves it out, and then the tags are unknown.
            Tags = tags,
            Slip = slip,
            File = input.File,
            Line = line,
        });

        void Take(Peer? value, string? clause, ref Utf8JsonReader here)
        {
            if (value is null && clause is null && here.TokenType == JsonTokenType.Null) return;
            peers++;
            peer = value;
            problem ??= clause;
        }
    }
}
