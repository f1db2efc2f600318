using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation.Syntax;

/// <summary>JSON text to the tree that YAML gives, with line and column of every node. Text stays quoted, everything else is plain.</summary>
internal static class JsonSyntaxReader
{
    /// <summary>Reads one value, deep as <see cref="JsonInput.MaxDepth"/>; null when an error was said.</summary>
    public static SyntaxNode? Read(Stream content, string file, int maxNodes, FileDiagnostics said, CancellationToken cancellationToken)
    {
        var input = new JsonInput(content, file, cancellationToken);
        var reader = input.Start();
        try
        {
            var left = maxNodes;
            input.Read(ref reader);
            var root = ReadNode(input, ref reader, said, ref left);
            if (!input.Read(ref reader)) return said.HasErrors ? null : root;
            said.Add(EstateDiagnostics.BadJson("A second value follows the first.", input.PlaceOf(ref reader)));
        }
        catch (JsonException exception)
        {
            said.Add(input.Explain(exception, ref reader));
        }
        catch (JsonInputException exception)
        {
            said.Add(exception.Diagnostic);
        }

        return null;
    }

    private static SyntaxNode ReadNode(JsonInput input, ref Utf8JsonReader reader, FileDiagnostics said, ref int left)
    {
        var at = input.PlaceOf(ref reader);
        if (--left < 0) throw new JsonInputException(YamlDiagnostics.LimitExceeded("too many values", at));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(input, ref reader, said, ref left, at);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<SyntaxNode>();
                while (input.NextElement(ref reader)) items.Add(ReadNode(input, ref reader, said, ref left));
                return new ListNode(items.DrainToImmutable(), at);
            case JsonTokenType.String:
                return new ScalarNode(input.GetText(ref reader), IsPlain: false, at);
            default:
                return new ScalarNode(Encoding.UTF8.GetString(reader.ValueSpan), IsPlain: true, at);
        }
    }

    private static MapNode ReadMap(JsonInput input, ref Utf8JsonReader reader, FileDiagnostics said, ref int left, SourceSpan at)
    {
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        var seen = new Dictionary<string, SourceSpan>();
        while (input.NextProperty(ref reader))
        {
            var key = new ScalarNode(input.GetText(ref reader), IsPlain: false, input.PlaceOf(ref reader));
            input.Read(ref reader);
            var value = ReadNode(input, ref reader, said, ref left);
            if (seen.TryAdd(key.Text, key.At)) entries.Add(new MapEntry(key, value));
            else said.Add(YamlDiagnostics.DuplicateKey(key.Text, seen[key.Text], key.At));
        }

        return new MapNode(entries.DrainToImmutable(), at);
    }
}
