using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Estates.AwsCli;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>The configuration part of a plan: what arguments refer to, through modules.</summary>
internal sealed partial class PlanReader
{
    private static readonly IReadOnlyDictionary<string, PlanExpression> NoArguments = ImmutableDictionary<string, PlanExpression>.Empty;

    private void ReadConfiguration(ref Utf8JsonReader reader)
    {
        Expect(JsonTokenType.StartObject, "configuration", ref reader);
        while (input.NextProperty(ref reader))
        {
            var name = input.GetText(ref reader);
            input.Read(ref reader);
            if (name == "root_module" && side == PlanSide.After && reader.TokenType == JsonTokenType.StartObject) _plan.Root = ReadModule(ref reader, isRoot: true);
            else if (name == "provider_config" && _values.Read(Whole(ref reader)) is HclMap providers) TakeProviders(providers);
            else if (name != "provider_config") input.Skip(ref reader);
        }
    }

    private void TakeProviders(HclMap providers)
    {
        foreach (var (key, value) in providers.Items)
        {
            if (value is not HclMap map || map.Items.GetValueOrDefault("expressions") is not HclMap arguments) continue;
            if (arguments.Items.TryGetValue("region", out var region)) _plan.Regions[key] = ExpressionOf(region);
            if (AccountOf(ArgumentsOf(arguments)) is { } account) _plan.Accounts[key] = account;
        }
    }

    private static string? AccountOf(IReadOnlyDictionary<string, PlanExpression> arguments)
    {
        if (arguments.GetValueOrDefault("allowed_account_ids")?.Constant is HclList { Items: [HclString only] } && ScopeNames.IsAccount(only.Value)) return only.Value;
        if (arguments.GetValueOrDefault("assume_role")?.Blocks is not [var role] || role.GetValueOrDefault("role_arn")?.Constant is not HclString arn) return null;
        return arn.Value.Split(':') is [_, _, _, _, var owner, ..] && ScopeNames.IsAccount(owner) ? owner : null;
    }

    private PlanModule ReadModule(ref Utf8JsonReader reader, bool isRoot = false)
    {
        var module = new PlanModule();
        while (input.NextProperty(ref reader))
        {
            var name = input.GetText(ref reader);
            input.Read(ref reader);
            if (name == "resources" && reader.TokenType == JsonTokenType.StartArray)
            {
                while (input.NextElement(ref reader)) TakeBlock(Whole(ref reader), module);
            }
            else if (name == "variables" && isRoot)
            {
                AddSecretVariables(Whole(ref reader).Span);
            }
            else if (name == "outputs" && _values.Read(Whole(ref reader)) is HclMap outputs)
            {
                foreach (var (output, value) in outputs.Items) module.Outputs[output] = value is HclMap map ? ExpressionOf(map.Items.GetValueOrDefault("expression")) : PlanExpression.Nothing;
            }
            else if (name == "module_calls" && reader.TokenType == JsonTokenType.StartObject)
            {
                while (input.NextProperty(ref reader))
                {
                    var call = input.GetText(ref reader);
                    input.Read(ref reader);
                    if (reader.TokenType == JsonTokenType.StartObject) module.Calls[call] = ReadCall(ref reader);
                    else input.Skip(ref reader);
                }
            }
            else if (name != "outputs")
            {
                input.Skip(ref reader);
            }
        }

        return module;
    }

    // A variable that any place says is secret is secret.
    private void AddSecretVariables(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _values.Text(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMark = reader.ValueTextEquals("sensitive"u8);
                reader.Read();
                if (isMark && reader.TokenType == JsonTokenType.True) _secretVariables.Add(name);
                reader.Skip();
            }
        }
    }

    private PlanModule.PlanCall ReadCall(ref Utf8JsonReader reader)
    {
        var arguments = NoArguments;
        PlanExpression? forEach = null;
        var module = new PlanModule();
        while (input.NextProperty(ref reader))
        {
            var name = input.GetText(ref reader);
            input.Read(ref reader);
            if (name == "expressions") arguments = ArgumentsOf(_values.Read(Whole(ref reader)));
            else if (name == "for_each_expression") forEach = ExpressionOf(_values.Read(Whole(ref reader)));
            else if (name == "module" && reader.TokenType == JsonTokenType.StartObject) module = ReadModule(ref reader);
            else input.Skip(ref reader);
        }

        return new PlanModule.PlanCall(arguments, forEach, module);
    }

    private void TakeBlock(ReadOnlyMemory<byte> block, PlanModule into)
    {
        // Also types that are not known may be referred to; but only of those that bear on the network does it matter by what.
        var bytes = block.Span;
        if (bytes.IndexOf("\"aws_"u8) < 0) return;
        var parts = PartsOf(bytes, "expressions"u8, isWhole: false);
        if (parts.Type is not { } type || !IsKept(type, bytes) || TextAt(bytes, parts.Address) is not { } address) return;
        var copy = bytes.ToArray();
        into.Resources[address] = new PlanModule.PlanBlock(TextAt(bytes, parts.Provider), () => ContentOf(copy));
    }

    private (IReadOnlyDictionary<string, PlanExpression> Arguments, PlanExpression? ForEach) ContentOf(byte[] block)
    {
        if (_values.Read(block) is not HclMap map) return (NoArguments, null);
        var forEach = map.Items.TryGetValue("for_each_expression", out var each) ? ExpressionOf(each) : null;
        return (ArgumentsOf(map.Items.GetValueOrDefault("expressions")), forEach);
    }

    private static IReadOnlyDictionary<string, PlanExpression> ArgumentsOf(HclValue? value) =>
        value is HclMap map ? map.Items.ToDictionary(a => a.Key, a => ExpressionOf(a.Value)) : NoArguments;

    private static PlanExpression ExpressionOf(HclValue? value) => value switch
    {
        HclMap map when map.Items.TryGetValue("references", out var references) && references is HclList list =>
            new PlanExpression { References = [.. list.Items.OfType<HclString>().Select(r => r.Value)] },
        HclMap map when map.Items.TryGetValue("constant_value", out var constant) => new PlanExpression { Constant = constant },
        HclMap { Items.IsEmpty: false } => new PlanExpression { Blocks = [ArgumentsOf(value)] },
        HclList blocks => new PlanExpression { Blocks = [.. blocks.Items.Select(ArgumentsOf)] },
        _ => PlanExpression.Nothing,
    };
}
