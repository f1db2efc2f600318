using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Lab.Faults;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab;

/// <summary>
/// What goes wrong on purpose, decided by seed, operation and the operation's call number alone: the same schedule against the
/// same calls always fails the same ones, however calls of different operations interleave.
/// </summary>
public sealed class FaultSchedule
{
    private static readonly (string Word, FaultKind Kind)[] Kinds =
    [
        ("error500", FaultKind.Error500), ("throttle503", FaultKind.Throttle503), ("timeout-after-commit", FaultKind.TimeoutAfterCommit),
        ("drop", FaultKind.Drop), ("delay-visibility", FaultKind.DelayVisibility),
    ];

    private readonly ImmutableArray<FaultRule> _rules;
    private readonly long _seed;

    private FaultSchedule(ImmutableArray<FaultRule> rules, long seed)
    {
        _rules = rules;
        _seed = seed;
    }

    /// <summary>
    /// Reads <c>OPERATION:KIND:PROBABILITY[,…][;seed=N]</c>, where OPERATION may be <c>*</c>. <paramref name="problem"/> is a
    /// sentence that says what is wrong.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FaultSchedule? schedule, [NotNullWhen(false)] out string? problem)
    {
        schedule = null;
        problem = null;
        var halves = text.Split(';', 2, StringSplitOptions.TrimEntries);
        var seed = 0L;
        if (halves.Length == 2)
        {
            if (!halves[1].StartsWith("seed=", StringComparison.Ordinal)
                || !long.TryParse(halves[1]["seed=".Length..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed))
            {
                problem = $"\"{halves[1]}\" should be seed=N with a whole number.";
                return false;
            }
        }

        var rules = ImmutableArray.CreateBuilder<FaultRule>();
        foreach (var entry in halves[0].Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TryParseRule(entry, out var rule, out problem)) return false;
            rules.Add(rule);
        }

        schedule = new FaultSchedule(rules.ToImmutable(), seed);
        return true;
    }

    /// <summary>What goes wrong with the n-th call (from 1) of an operation; null when nothing does. The first rule that strikes wins.</summary>
    internal FaultKind? Strike(string operation, int call)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            var rule = _rules[i];
            if (rule.Operation != "*" && rule.Operation != operation) continue;
            if (Chance(operation, call, i) < rule.Probability) return rule.Kind;
        }

        return null;
    }

    private static bool TryParseRule(string entry, [NotNullWhen(true)] out FaultRule? rule, [NotNullWhen(false)] out string? problem)
    {
        rule = null;
        problem = null;
        var parts = entry.Split(':', StringSplitOptions.TrimEntries);
        if (parts is not [var operation, var kindWord, var probabilityText])
        {
            problem = $"\"{entry}\" should be OPERATION:KIND:PROBABILITY.";
            return false;
        }

        var known = Array.FindIndex(Kinds, k => k.Word == kindWord);
        if (operation != "*" && !Operations.IsKnown(operation)) problem = $"\"{operation}\" is no operation of the lab; write * for all.";
        else if (known < 0) problem = $"\"{kindWord}\" is no kind of fault; choose from {string.Join(", ", Kinds.Select(k => k.Word))}.";
        else if (!double.TryParse(probabilityText, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var p) || p is not (>= 0 and <= 1))
        {
            problem = $"\"{probabilityText}\" should be a probability from 0 to 1.";
        }
        else
        {
            rule = new FaultRule(operation, Kinds[known].Kind, p);
        }

        return rule is not null || problem is null;
    }

    private double Chance(string operation, int call, int rule)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{_seed}|{operation}|{call}|{rule}");
        var bits = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return (bits >> 11) * (1.0 / (1UL << 53));
    }
}
