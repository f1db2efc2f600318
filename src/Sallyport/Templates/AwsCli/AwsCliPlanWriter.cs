using System.Collections.Immutable;
using System.Text;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;

namespace Sallyport.Templates.AwsCli;

/// <summary>
/// <c>fix --to aws-cli</c>: a POSIX shell script of plain <c>aws ec2</c> calls, one for each group, direction and list of owners, in
/// the plan's order: what is needed is authorized before what is too wide is revoked. The first call that EC2 refuses ends it.
/// </summary>
public sealed class AwsCliPlanWriter : IPlanWriter
{
    /// <summary>Rules of one call: the word of a command line may be 128 KiB.</summary>
    private const int RulesPerCall = 100;

    /// <inheritdoc/>
    public string Name => "aws-cli";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(Plan plan, Estate estate, Stream output)
    {
        var problems = ProblemsOf(plan);
        if (!problems.IsEmpty) return problems;
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        new Script(plan, text).Write();
        return [];
    }

    /// <summary>Steps that no call can carry out: EC2 finds a rule that changes in place by its id alone.</summary>
    internal static ImmutableArray<Diagnostic> ProblemsOf(Plan plan) => [.. plan.Steps.Where(s => s.Action == PlanAction.Modify)
        .SelectMany(s => s.Rules.Where(r => r.Id is null).Select(r => PlanningDiagnostics.NeedsRuleId(s.Group, r.Before!.Key)))];

    /// <summary>The calls alone, without what makes a script of them: for people to read and run.</summary>
    internal static string Calls(Plan plan)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new Script(plan, text).WriteCalls();
        return text.ToString();
    }

    private sealed class Script(Plan plan, TextWriter text)
    {
        private readonly ImmutableArray<string> _accounts = [.. plan.Steps.Select(s => s.Scope.Account).Where(a => a.Length > 0).Distinct().Order(StringComparer.Ordinal)];

        public void Write()
        {
            text.WriteLine("#!/bin/sh");
            text.WriteLine("# Written by sallyport fix --to aws-cli. Adds what is needed, then revokes what is too wide; to be run once.");

            // One set of credentials reaches one account.
            foreach (var account in _accounts.Length > 1 ? _accounts : []) text.WriteLine($"# Set {ProfileOf(account)} to the AWS CLI profile for the account {string.Concat(account.Where(char.IsAsciiLetterOrDigit))}.");
            text.WriteLine("set -euf");
            text.WriteLine("AWS_PAGER=");
            text.WriteLine("export AWS_PAGER");
            WriteCalls();
        }

        public void WriteCalls()
        {
            foreach (var step in plan.Steps) Write(step);
        }

        private void Write(PlanStep step)
        {
            var side = step.Direction == Direction.Ingress ? "ingress" : "egress";
            switch (step.Action)
            {
                case PlanAction.Authorize:
                    foreach (var owned in step.Rules.GroupBy(r => OwnershipTag.Of(r.Origins).Value).OrderBy(g => g.Key, StringComparer.Ordinal))
                    {
                        foreach (var chunk in owned.Chunk(RulesPerCall)) Authorize(step, side, owned.Key, chunk);
                    }

                    break;
                case PlanAction.Revoke:
                    foreach (var chunk in step.Rules.Where(r => r.Id is not null).Chunk(RulesPerCall))
                    {
                        Call(step, $"revoke-security-group-{side}", ["--group-id", ShellText.Quote(step.Group.Value), "--security-group-rule-ids", .. chunk.Select(r => ShellText.Quote(r.Id!.Value.Value))]);
                    }

                    foreach (var chunk in step.Rules.Where(r => r.Id is null).Chunk(RulesPerCall))
                    {
                        Call(step, $"revoke-security-group-{side}", ["--group-id", ShellText.Quote(step.Group.Value), "--ip-permissions", Permissions(step, chunk, withText: false)]);
                    }

                    break;
                case PlanAction.Modify:
                    foreach (var rule in step.Rules) Modify(step, rule);
                    break;
                case PlanAction.Describe:
                    foreach (var chunk in step.Rules.Chunk(RulesPerCall))
                    {
                        Call(step, $"update-security-group-rule-descriptions-{side}", ["--group-id", ShellText.Quote(step.Group.Value), "--ip-permissions", Permissions(step, chunk, withText: true)]);
                    }

                    break;
                case PlanAction.Tag:
                    // Tags of new rules are set by the call that makes them; those of rules with an id can follow.
                    foreach (var rule in step.Rules.Where(r => r.Id is not null))
                    {
                        Call(step, "create-tags", ["--resources", ShellText.Quote(rule.Id!.Value.Value), "--tags", Tags(step.Tags)]);
                    }

                    break;
            }
        }

        private void Authorize(PlanStep step, string side, string owners, PlanRule[] rules)
        {
            var arguments = new List<string> { "--group-id", ShellText.Quote(step.Group.Value), "--ip-permissions", Permissions(step, rules, withText: true) };
            if (owners.Length > 0)
            {
                arguments.Add("--tag-specifications");
                arguments.Add(new ShellText().Text("[{\"ResourceType\":\"security-group-rule\",\"Tags\":[{\"Key\":").Json(OwnershipTag.Key)
                    .Text(",\"Value\":").Json(owners).Text("}]}]").ToString());
            }

            Call(step, $"authorize-security-group-{side}", arguments);
        }

        private void Modify(PlanStep step, PlanRule rule)
        {
            var word = new ShellText().Text("[{\"SecurityGroupRuleId\":").Json(rule.Id!.Value.Value)
                .Text($",\"SecurityGroupRule\":{{\"IpProtocol\":\"{rule.Key.Service.Protocol.WireName}\",\"FromPort\":{rule.Key.Service.From},\"ToPort\":{rule.Key.Service.To}");
            switch (rule.Key.Peer)
            {
                case CidrPeer { Cidr: var cidr }:
                    word.Text(cidr.Family == IpFamily.V4 ? ",\"CidrIpv4\":" : ",\"CidrIpv6\":").Json(cidr.ToString());
                    break;
                case PrefixListPeer { PrefixList: var list }:
                    word.Text(",\"PrefixListId\":").Json(list.Value);
                    break;
                case GroupPeer { Group: var group }:
                    word.Text(",\"ReferencedGroupId\":").Json(group.Value);
                    break;
            }

            if (rule.Description.Length > 0) word.Text(",\"Description\":").Json(rule.Description);
            Call(step, "modify-security-group-rules", ["--group-id", ShellText.Quote(step.Group.Value), "--security-group-rules", word.Text("}}]").ToString()]);
        }

        private void Call(PlanStep step, string command, IEnumerable<string> arguments)
        {
            text.WriteLine();
            text.Write($"aws ec2 {command}");
            if (_accounts.Length > 1 && step.Scope.Account.Length > 0) text.Write($" --profile \"${ProfileOf(step.Scope.Account)}\"");
            if (step.Scope.Region.Length > 0) text.Write($" --region {ShellText.Quote(step.Scope.Region)}");
            foreach (var argument in arguments) text.Write(argument.StartsWith("--", StringComparison.Ordinal) ? $" \\\n    {argument}" : $" {argument}");
            text.WriteLine();
        }

        private static string Permissions(PlanStep step, IEnumerable<PlanRule> rules, bool withText)
        {
            var word = new ShellText().Text("[");
            var separator = string.Empty;
            foreach (var rule in rules)
            {
                ShellPermission.Append(word.Text(separator), rule.Key, step.Scope.Account, withText ? rule.Description : string.Empty);
                separator = ",";
            }

            return word.Text("]").ToString();
        }

        private static string Tags(Tags tags)
        {
            var word = new ShellText().Text("[");
            var separator = string.Empty;
            foreach (var (key, value) in tags.Pairs)
            {
                word.Text($"{separator}{{\"Key\":").Json(key).Text(",\"Value\":").Json(value).Text("}");
                separator = ",";
            }

            return word.Text("]").ToString();
        }

        private static string ProfileOf(string account) => $"PROFILE_{string.Concat(account.Where(char.IsAsciiLetterOrDigit))}";
    }
}
