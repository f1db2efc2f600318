using System.Collections.Immutable;
using System.Text;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates.AwsCli;

/// <summary>
/// <c>compile --to aws-cli</c>: a POSIX shell script that is safe to run twice. First every authorize call (one for each group,
/// direction and list of owners, so that the ownership tag is set in the same call and only on rules that are created), then,
/// when there is a SOURCE, every revoke call for what nothing declares. Any error but "is there already" and "is gone already"
/// ends the script with 1.
/// </summary>
public sealed class AwsCliWriter : IRulesWriter
{
    /// <summary>Rules of one call: the word of a command line may be 128 KiB.</summary>
    private const int RulesPerCall = 100;

    private const string Functions = """
        # call CODE CODE ARGUMENT...: 0 when done, 3 when EC2 answers one of the codes; any other error ends the script.
        call() {
            one=$1 other=$2
            shift 2
            if answer=$(aws ec2 "$@" --output json 2>&1); then return 0; fi
            case $answer in *"($one)"* | *"($other)"*) return 3 ;; esac
            printf '%s\n' "$answer" >&2
            exit 1
        }

        # target PROFILE REGION SIDE GROUP: what the calls below work on.
        target() {
            profile=$1 region=$2 side=$3 group=$4
        }

        # each COMMAND OPTION ITEM...: one call for all items. EC2 does all or nothing, so when one is there (or gone): one by one.
        each() {
            command=$1 option=$2
            shift 2
            all=
            for item in "$@"; do
                if [ "$option" = --ip-permissions ]; then all="$all,$item"; else all="$all $item"; fi
            done
            if [ "$option" = --ip-permissions ]; then all="[${all#,}]"; fi
            done=$#
            if ! once "$all"; then
                done=0
                if [ $# -gt 1 ]; then
                    for item in "$@"; do
                        if [ "$option" = --ip-permissions ]; then item="[$item]"; fi
                        if once "$item"; then done=$((done + 1)); fi
                    done
                fi
            fi
            printf '%s %s %s: %s of %s rules\n' "$command" "$side" "$group" "$done" "$#"
        }

        once() {
            if [ "$option" = --ip-permissions ]; then set -- "$1"; else set -- $1; fi
            if [ -n "$tags" ]; then
                call InvalidPermission.Duplicate InvalidPermission.Duplicate "$command-security-group-$side" ${profile:+--profile "$profile"} ${region:+--region "$region"} --group-id "$group" "$option" "$@" --tag-specifications "$tags"
            else
                call InvalidSecurityGroupRuleId.NotFound InvalidPermission.NotFound "$command-security-group-$side" ${profile:+--profile "$profile"} ${region:+--region "$region"} --group-id "$group" "$option" "$@"
            fi
        }

        # authorize TAGS PERMISSION...
        authorize() {
            tags=$1
            shift
            each authorize --ip-permissions "$@"
        }

        # revoke PERMISSION... / revoke_ids ID...
        revoke() {
            tags=
            each revoke --ip-permissions "$@"
        }

        revoke_ids() {
            tags=
            each revoke --security-group-rule-ids "$@"
        }

        # need VARIABLE VALUE PREFIX: the value is an id of that kind.
        need() {
            case ${2#"$3"-} in
                "$2" | '' | *[!0-9a-f]*)
                    printf '%s is not an id that starts with %s-\n' "$1" "$3" >&2
                    exit 1
                    ;;
            esac
        }

        """;

    /// <inheritdoc/>
    public string Name => "aws-cli";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(DesiredRules rules, Estate? estate, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        new AwsCliScript(rules, estate, text).Write();
        return [];
    }

    /// <summary>One script being written.</summary>
    private sealed class AwsCliScript(DesiredRules rules, Estate? estate, StreamWriter text)
    {
        private readonly ShellNames _names = new(rules);
        private readonly Dictionary<SecurityGroupId, ManagedGroup> _groups = rules.Groups.ToDictionary(g => g.Id);
        private readonly ILookup<SecurityGroupId, RuleKey> _declared = rules.Rules.ToLookup(r => r.Group, r => r.Key);
        private readonly ImmutableArray<string> _accounts = [.. rules.Groups.Where(g => !g.IsReadOnly).Select(g => g.Scope.Account).Where(a => a.Length > 0).Distinct().Order(StringComparer.Ordinal)];

        public void Write()
        {
            text.WriteLine("#!/bin/sh");
            text.WriteLine("# Written by sallyport compile --to aws-cli. Safe to run twice.");
            text.WriteLine(estate is null
                ? "# Adds the declared rules; without a SOURCE nothing is revoked."
                : "# Adds the declared rules that are missing, then revokes what nothing declares on the groups below.");
            WriteVariables();
            text.WriteLine("set -euf");
            text.WriteLine("AWS_PAGER=");
            text.WriteLine("export AWS_PAGER");
            text.WriteLine();
            text.WriteLine(Functions.ReplaceLineEndings("\n"));
            foreach (var (variable, prefix, _) in _names.Variables) text.WriteLine($"need {variable} \"${variable}\" {prefix}");
            foreach (var side in Missing().GroupBy(r => (r.Group, r.Key.Direction))) WriteAuthorize(side.Key.Group, side.Key.Direction, [.. side]);
            if (estate is null || rules.Unmanaged == UnmanagedRules.Report) return;
            foreach (var group in rules.Groups.Where(g => !g.IsReadOnly)) WriteRevoke(group, estate);
        }

        private void WriteVariables()
        {
            if (_names.Variables.IsEmpty && _accounts.Length < 2) return;
            text.WriteLine("#");
            text.WriteLine("# Set these variables before running it:");
            foreach (var (variable, prefix, name) in _names.Variables)
            {
                text.WriteLine($"#   {variable}  the id ({prefix}-...) of {(prefix == "sg" ? "the group" : "the prefix list")} {OneLine(name)}");
            }

            // One set of credentials reaches one account.
            if (_accounts.Length > 1)
            {
                foreach (var account in _accounts) text.WriteLine($"#   {ProfileOf(account)}  the AWS CLI profile for the account {OneLine(account)}");
            }
        }

        private IEnumerable<DesiredRule> Missing()
        {
            if (estate is null) return rules.Rules;
            var there = estate.SecurityGroups.Where(g => _groups.ContainsKey(g.Id)).SelectMany(g => g.Rules.Select(r => (g.Id, r.Key))).ToHashSet();
            return rules.Rules.Where(r => !there.Contains((r.Group, r.Key)));
        }

        private void WriteAuthorize(SecurityGroupId group, Direction direction, ImmutableArray<DesiredRule> missing)
        {
            WriteTarget(group, direction);
            foreach (var owned in missing.GroupBy(r => OwnershipTag.Of(r.Origins).Value).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var tags = new ShellText().Text("[{\"ResourceType\":\"security-group-rule\",\"Tags\":[{\"Key\":").Json(OwnershipTag.Key)
                    .Text(",\"Value\":").Json(owned.Key).Text("}]}]").ToString();
                foreach (var chunk in owned.Chunk(RulesPerCall)) WriteItems($"authorize {tags}", chunk.Select(r => Permission(group, r.Key, r.Description)));
            }
        }

        private void WriteRevoke(ManagedGroup group, Estate source)
        {
            if (!source.Index.Groups.TryGetValue(group.Id, out var found)) return;
            var declared = _declared[group.Id].ToHashSet();
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                var undeclared = found.RulesOf(direction).Where(r => !declared.Contains(r.Key)).ToList();
                if (undeclared.Count == 0) continue;
                WriteTarget(group.Id, direction);
                foreach (var chunk in undeclared.Where(r => r.Id is not null).Chunk(RulesPerCall)) WriteItems("revoke_ids", chunk.Select(r => ShellText.Quote(r.Id!.Value.Value)));
                foreach (var chunk in undeclared.Where(r => r.Id is null).Chunk(RulesPerCall)) WriteItems("revoke", chunk.Select(r => Permission(group.Id, r.Key, string.Empty)));
            }
        }

        private void WriteTarget(SecurityGroupId id, Direction direction)
        {
            var scope = _groups.TryGetValue(id, out var group) ? group.Scope : new Scope(string.Empty, string.Empty);
            var profile = _accounts.Length > 1 && scope.Account.Length > 0 ? $"\"${ProfileOf(scope.Account)}\"" : "''";
            text.WriteLine();
            text.WriteLine($"target {profile} {ShellText.Quote(scope.Region)} {(direction == Direction.Ingress ? "ingress" : "egress")} {_names.Word(id)}");
        }

        private void WriteItems(string command, IEnumerable<string> items)
        {
            text.Write(command);
            foreach (var item in items) text.Write($" \\\n    {item}");
            text.WriteLine();
        }

        private string Permission(SecurityGroupId owner, RuleKey key, string description)
        {
            var service = key.Service;
            var word = new ShellText().Text($"{{\"IpProtocol\":\"{service.Protocol.WireName}\"");
            if (service.Protocol.HasPorts || service.Protocol.HasTypes) word.Text($",\"FromPort\":{service.From},\"ToPort\":{service.To}");
            switch (key.Peer)
            {
                case CidrPeer { Cidr: var cidr }:
                    word.Text(cidr.Family == Packets.IpFamily.V4 ? ",\"IpRanges\":[{\"CidrIp\":" : ",\"Ipv6Ranges\":[{\"CidrIpv6\":").Json(cidr.ToString());
                    break;
                case PrefixListPeer { PrefixList: var list }:
                    _names.Append(word.Text(",\"PrefixListIds\":[{\"PrefixListId\":"), list);
                    break;
                case GroupPeer peer:
                    _names.Append(word.Text(",\"UserIdGroupPairs\":[{\"GroupId\":"), peer.Group);
                    if (peer.Account is { } account && _groups.TryGetValue(owner, out var group) && account != group.Scope.Account) word.Text(",\"UserId\":").Json(account);
                    break;
            }

            if (description.Length > 0) word.Text(",\"Description\":").Json(description);
            return word.Text("}]}").ToString();
        }

        private static string ProfileOf(string account) => $"PROFILE_{string.Concat(account.Where(char.IsAsciiLetterOrDigit))}";

        private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c > '~' ? '?' : c));
    }
}
