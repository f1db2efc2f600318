using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Connections;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Policies;

namespace Sallyport.Planning;

/// <summary>
/// Tests as a plan carries them: ends as ids and blocks, services spelled out, exceptions with their last day. Reader and writer
/// stand side by side: what one writes, the other reads.
/// </summary>
internal static class TestJson
{
    private static readonly (string Word, TestKind Value)[] Kinds = [("must", TestKind.Must), ("never", TestKind.Never), ("only", TestKind.Only)];
    private static readonly (string Word, bool IsEffective)[] Layers = [("sg", false), ("effective", true)];

    /// <summary>Nothing at all where there is no test: a plan without tests is written as it always was.</summary>
    public static void Write(Utf8JsonWriter json, BoundTests tests)
    {
        if (tests.Tests.IsEmpty) return;
        json.WriteStartArray("tests");
        foreach (var test in tests.Tests) Write(json, test);
        json.WriteEndArray();
        json.WriteStartArray("testedOn");
        foreach (var scope in tests.Scopes)
        {
            json.WriteStartObject();
            json.WriteString("account", scope.Account);
            json.WriteString("region", scope.Region);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static BoundTests Read(JsonFields fields, JsonTree root)
    {
        ImmutableArray<BoundTest> tests = [.. fields.OptionalList(root, "tests").Select(t => ReadTest(fields, t))];
        if (tests.IsEmpty) return BoundTests.None;
        return new BoundTests { Tests = tests, Scopes = [.. fields.OptionalList(root, "testedOn").Select(s => ReadScope(fields, s))] };
    }

    private static void Write(Utf8JsonWriter json, BoundTest test)
    {
        json.WriteStartObject();
        json.WriteString("id", test.Id);
        json.WriteString("kind", PlanWords.Of(Kinds, test.Kind));
        Write(json, test.From, test.To, test.Services);
        json.WriteString("layer", PlanWords.Of(Layers, test.IsEffective));
        if (test.AllowsEmpty) json.WriteBoolean("allowEmpty", true);
        if (!test.Exemptions.IsEmpty)
        {
            json.WriteStartArray("exceptions");
            foreach (var exemption in test.Exemptions)
            {
                json.WriteStartObject();
                json.WriteString("id", exemption.Id);
                Write(json, exemption.From, exemption.To, exemption.Services);
                json.WriteString("expires", exemption.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<BoundEnd> from, ImmutableArray<BoundEnd> to, ImmutableArray<Service> services)
    {
        Write(json, "from", from);
        Write(json, "to", to);
        Write(json, "services", services.Select(s => s.ToString()));
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<BoundEnd> ends)
    {
        json.WriteStartArray(name);
        foreach (var end in ends)
        {
            json.WriteStartObject();
            json.WriteString("name", end.Name);
            if (end.IsEverybody) json.WriteBoolean("everybody", true);
            if (!end.Groups.IsEmpty) Write(json, end.Groups);
            if (!end.Cidrs.IsEmpty) Write(json, "cidrs", end.Cidrs.Select(c => c.ToString()));
            if (!end.PrefixLists.IsEmpty) Write(json, "prefixLists", end.PrefixLists.Select(l => l.Value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<BoundGroup> groups)
    {
        json.WriteStartArray("groups");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("group", group.Id.Value);
            json.WriteString("account", group.Scope.Account);
            json.WriteString("region", group.Scope.Region);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static BoundTest ReadTest(JsonFields fields, JsonTree value)
    {
        if (!fields.IsObject(value, "a test")) return new BoundTest(string.Empty, TestKind.Never, [], [], []);
        var kind = fields.OneOf(value, "kind", Kinds);
        var test = new BoundTest(fields.Text(value, "id"), kind, ReadEnds(fields, value, "from", mayBeEmpty: kind == TestKind.Only), ReadEnds(fields, value, "to"), ReadServices(fields, value))
        {
            IsEffective = fields.OneOf(value, "layer", Layers),
            AllowsEmpty = ReadFlag(fields, value, "allowEmpty"),
            Exemptions = [.. fields.OptionalList(value, "exceptions").Select(e => ReadExemption(fields, e))],
        };
        if (kind == TestKind.Must && test.Services.IsEmpty) fields.Note(value, "a must test has no services");
        return test;
    }

    private static BoundExemption ReadExemption(JsonFields fields, JsonTree value)
    {
        if (!fields.IsObject(value, "an exception")) return new BoundExemption(string.Empty, [], [], [], DateOnly.MinValue);
        var text = fields.Text(value, "expires");
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires)) fields.Note(value, "\"expires\" is not a date");
        return new BoundExemption(fields.Text(value, "id"), ReadEnds(fields, value, "from"), ReadEnds(fields, value, "to"), ReadServices(fields, value), expires);
    }

    private static ImmutableArray<BoundEnd> ReadEnds(JsonFields fields, JsonTree value, string name, bool mayBeEmpty = false)
    {
        ImmutableArray<BoundEnd> ends = [.. fields.List(value, name).Select(e => ReadEnd(fields, e))];
        if (ends.IsEmpty && !mayBeEmpty) fields.Note(value, $"\"{name}\" of a test is empty");
        return ends;
    }

    private static BoundEnd ReadEnd(JsonFields fields, JsonTree value)
    {
        if (!fields.IsObject(value, "an end of a test")) return new BoundEnd(string.Empty);
        var end = new BoundEnd(fields.Text(value, "name"))
        {
            IsEverybody = ReadFlag(fields, value, "everybody"),
            Groups = [.. fields.OptionalList(value, "groups").Select(g => new BoundGroup(fields.Group(g, "group"), ReadScope(fields, g)))],
            Cidrs = [.. fields.OptionalList(value, "cidrs").Select(c => ReadBlock(fields, c))],
            PrefixLists = [.. fields.Texts(value, "prefixLists").Select(l => new PrefixListId(l))],
        };
        var kinds = (end.IsEverybody ? 1 : 0) + (end.Groups.IsEmpty ? 0 : 1) + (end.Cidrs.IsEmpty ? 0 : 1) + (end.PrefixLists.IsEmpty ? 0 : 1);
        if (kinds != 1) fields.Note(value, "an end of a test is exactly one of everybody, groups, cidrs and prefixLists");
        return end;
    }

    private static bool ReadFlag(JsonFields fields, JsonTree value, string name)
    {
        if (JsonFields.Optional(value, name) is not { } member) return false;
        if (member.Kind is not (JsonValueKind.True or JsonValueKind.False)) fields.Note(member, $"\"{name}\" is neither true nor false");
        return member.Kind == JsonValueKind.True;
    }

    private static Cidr ReadBlock(JsonFields fields, JsonTree value)
    {
        if (Cidr.TryParse(fields.Text(value), out var block, out var hostBits) && !hostBits) return block;
        fields.Note(value, "the block is not a canonical CIDR");
        return Cidr.AnyV4;
    }

    private static ImmutableArray<Service> ReadServices(JsonFields fields, JsonTree value)
    {
        var services = ImmutableArray.CreateBuilder<Service>();
        foreach (var item in fields.List(value, "services"))
        {
            if (Service.TryParse(fields.Text(item), out var service, out _)) services.Add(service);
            else fields.Note(item, "this is not a service");
        }

        return services.DrainToImmutable();
    }

    private static Scope ReadScope(JsonFields fields, JsonTree value) => new(fields.OptionalText(value, "account"), fields.OptionalText(value, "region"));
}
