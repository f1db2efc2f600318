using System.Collections.Immutable;
using Sallyport.Connections.Reading;
using Sallyport.Diagnostics;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.Connections.Binding;

/// <summary>Binds <c>tests</c> and <c>exceptions</c>.</summary>
internal sealed class TestBinder(BindingContext context)
{
    private static readonly ImmutableArray<(string Key, TestKind Kind)> Kinds =
        [("must", TestKind.Must), ("never", TestKind.Never), ("only", TestKind.Only)];

    private readonly Dictionary<string, SourceSpan> _tests = [];

    public ImmutableArray<ConnectionTest> Bind(Section file)
    {
        var result = ImmutableArray.CreateBuilder<ConnectionTest>();
        foreach (var node in file.Items("tests"))
        {
            if (Section.Open(node, ConnectionsKeys.Test, context) is not { } section) continue;
            if (IdOf(section, "test", _tests) is { } id && BindTest(id, section) is { } test) result.Add(test);
        }

        return result.DrainToImmutable();
    }

    public ImmutableArray<TestExemption> BindExceptions(Section file)
    {
        var result = ImmutableArray.CreateBuilder<TestExemption>();
        var ids = new Dictionary<string, SourceSpan>();
        foreach (var node in file.Items("exceptions"))
        {
            if (Section.Open(node, ConnectionsKeys.Exception, context) is not { } section) continue;
            if (IdOf(section, "exception", ids) is { } id && BindException(id, section) is { } exception) result.Add(exception);
        }

        return result.DrainToImmutable();
    }

    private string? IdOf(Section section, string what, Dictionary<string, SourceSpan> seen)
    {
        if (section.Required("id") is not { } id || !context.IsName((ScalarNode)section["id"]!)) return null;
        if (!seen.TryAdd(id, section["id"]!.At)) context.Report(ConnectionsDiagnostics.DuplicateId(what, id, seen[id], section["id"]!.At));
        return id;
    }

    private ConnectionTest? BindTest(string id, Section section)
    {
        var given = Kinds.Where(k => section[k.Key] is not null).ToList();
        if (given.Count != 1)
        {
            context.Report(ConnectionsDiagnostics.TestShape(
                $"test \"{id}\"", given.Count == 0 ? "asserts nothing: give one of must, never and only" : $"has {string.Join(" and ", given.Select(g => g.Key))}: give exactly one of must, never and only", section.At));
            return null;
        }

        var (key, kind) = given[0];
        if (Section.Open(section[key]!, ConnectionsKeys.Assertion, context) is not { } assertion) return null;

        // "only" may have an empty from: nobody may reach.
        var from = EndsOf($"test \"{id}\"", assertion, "from", mayBeEmpty: kind == TestKind.Only);
        var to = EndsOf($"test \"{id}\"", assertion, "to", mayBeEmpty: false);
        var services = context.ServiceList(assertion["services"], $"The test \"{id}\"", assertion.At, isMandatory: kind == TestKind.Must);
        var allowsEmpty = context.Flag(section["allowEmpty"], "allowEmpty");
        if (allowsEmpty && kind != TestKind.Must) context.Report(ConnectionsDiagnostics.TestShape($"test \"{id}\"", "has allowEmpty, which belongs to must", section["allowEmpty"]!.At));
        return new ConnectionTest(id, kind, from, to, services)
        {
            IsEffective = context.Choice(section["layer"], "layer", ("sg", false), ("effective", true)),
            AllowsEmpty = allowsEmpty,
            At = section.At,
        };
    }

    private ImmutableArray<string> EndsOf(string what, Section assertion, string key, bool mayBeEmpty)
    {
        if (assertion[key] is null || (!mayBeEmpty && assertion[key] is ListNode { Items.Length: 0 }))
        {
            context.Report(ConnectionsDiagnostics.TestShape(what, $"does not say \"{key}\"; write \"*\" for everybody", assertion[key]?.At ?? assertion.At));
            return [];
        }

        return context.Ends(assertion[key], key, allowsAll: true);
    }

    private TestExemption? BindException(string id, Section section)
    {
        if (section.Required("test") is { } test && !_tests.ContainsKey(test))
        {
            context.Report(ConnectionsDiagnostics.UnknownTest(id, test, context.Nearest(test, _tests.Keys), section["test"]!.At));
        }

        if (section["expires"] is null) context.Report(ConnectionsDiagnostics.NoExpiry(id, section.At));
        if (section["reason"] is null) context.Report(ConnectionsDiagnostics.NoReason($"The exception \"{id}\"", section.At));
        var expires = context.Date(section["expires"], "expires");
        if (section["allow"] is null)
        {
            context.Report(YamlDiagnostics.MissingKey("allow", "an exception", section.At));
            return null;
        }

        if (Section.Open(section["allow"]!, ConnectionsKeys.Assertion, context) is not { } allow) return null;
        var from = EndsOf($"exception \"{id}\"", allow, "from", mayBeEmpty: false);
        var to = EndsOf($"exception \"{id}\"", allow, "to", mayBeEmpty: false);
        ImmutableArray<Service> services = context.ServiceList(allow["services"], $"The exception \"{id}\"", allow.At, isMandatory: false);
        return new TestExemption(id, section.Text("test") ?? string.Empty, from, to, services, expires ?? DateOnly.MinValue)
        {
            Reason = section.Text("reason") ?? string.Empty,
            ApprovedBy = section.Text("approvedBy"),
            At = section.At,
        };
    }
}
