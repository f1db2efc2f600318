using System.Text;
using System.Text.Json;

namespace Sallyport.Planning;

/// <summary>Says what a file is that was given for a plan and is none, and what to do instead. Looks at member names alone.</summary>
internal static class OtherDocument
{
    private const int MaxDepth = 512;
    private const int MostText = 64 * 1024;
    private const string MakePlan = "make a plan of it with sallyport plan CONNECTIONS SOURCE --out plan.json, or sallyport fix SOURCE --out plan.json, and give that";

    /// <summary>A clause; null for what may be a plan that is damaged.</summary>
    public static string? Describe(ReadOnlySpan<byte> file)
    {
        var (names, kind) = Members(file);
        if (names.Contains("steps") || names.Contains("estateDigest")) return null;
        if (kind == "sallyport-snapshot") return $"it is a snapshot, which says what is there and not what to change: {MakePlan}";
        if (names.Contains("entry") && names.Contains("sum")) return "it is a journal of apply: give the plan it was kept for, or take it back with sallyport undo";
        if (names.Contains("findings") || names.Contains("runs")) return "it is a report of sallyport audit, which changes nothing: write the plan with sallyport fix SOURCE --out plan.json, and give that";
        if (names.Contains("fixed") && names.Contains("questions")) return "it is a report of sallyport fix: write the plan with --out plan.json, and give that";
        if (names.Contains("differences")) return "it is a report of sallyport drift: write the plan with -o plan=plan.json, and give that";
        if (names.Contains("latentRelation")) return "it is a report of sallyport diff, which changes nothing";
        if (names.Contains("rules") && names.Contains("schemaVersion")) return "it holds the rules of sallyport compile: write the plan with sallyport plan CONNECTIONS SOURCE --out plan.json, and give that";
        if (names.Contains("terraform_version")) return "it is a Terraform plan or state, which terraform apply carries out; sallyport audit, diff and drift read it";
        if (names.Contains("Resources")) return "it is a CloudFormation template, which aws cloudformation deploy carries out; sallyport audit, diff and drift read it";
        if (names.Contains("SecurityGroups") || names.Contains("SecurityGroupRules")) return $"it is an answer of the AWS CLI, which says what is there: {MakePlan}";
        if (names.Count > 0) return "it has neither steps nor the digest of an estate: give what sallyport plan --out or sallyport fix --out wrote";
        return DescribeText(file);
    }

    private static string? DescribeText(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("PK\u0003\u0004"u8)) return "it is an archive, as terraform plan -out writes them, which terraform apply carries out";
        foreach (var line in Encoding.UTF8.GetString(file[..Math.Min(file.Length, MostText)]).Split('\n'))
        {
            if (StartsKey(line, "connections") || StartsKey(line, "groups") || StartsKey(line, "externals"))
            {
                return "it is a connections file: make a plan of it with sallyport plan FILE SOURCE --out plan.json, and give that";
            }

            if (StartsKey(line, "Resources")) return "it is a CloudFormation template, which aws cloudformation deploy carries out; sallyport audit, diff and drift read it";
            if (line.StartsWith("resource \"", StringComparison.Ordinal)) return "it is Terraform code, which terraform apply carries out; sallyport audit, diff and drift read it";
        }

        return null;
    }

    private static bool StartsKey(string line, string key) => line.StartsWith(key, StringComparison.Ordinal) && line.AsSpan(key.Length).TrimStart().StartsWith(":");

    // As far as the text is JSON: a file that breaks off is told by its start.
    private static (HashSet<string> Names, string? Kind) Members(ReadOnlySpan<byte> file)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? kind = null;
        var reader = new Utf8JsonReader(file, new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = true });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return (names, null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKind = reader.ValueTextEquals("kind"u8);
                names.Add(Encoding.UTF8.GetString(reader.ValueSpan));
                if (!reader.Read()) break;
                if (isKind && reader is { TokenType: JsonTokenType.String, ValueSpan.Length: < 100 }) kind = Encoding.UTF8.GetString(reader.ValueSpan);
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return (names, kind);
        }

        return (names, kind);
    }
}
