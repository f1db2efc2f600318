using System.Text;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>Addresses and references taken apart: names parted by dots, each perhaps with a key in brackets.</summary>
internal static class PlanAddress
{
    /// <summary>The steps of an address or reference, keys as steps of their own: <c>module</c>, <c>net</c>, <c>["a.b"]</c>, <c>aws_vpc</c>.</summary>
    public static List<string> StepsOf(string text)
    {
        var steps = new List<string>();
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] is not ('.' or '[')) continue;
            if (at > start) steps.Add(text[start..at]);
            start = at + 1;
            if (at == text.Length || text[at] == '.') continue;
            var end = EndOfKey(text, at);
            steps.Add(text[at..end]);
            at = end - 1;
            start = end;
        }

        return steps;
    }

    /// <summary>The path of the module instance that an address lies in; empty for the root.</summary>
    public static string ModuleOf(string address)
    {
        var steps = StepsOf(address);
        var length = 0;
        while (length + 1 < steps.Count && steps[length] == "module")
        {
            length += 2;
            if (length < steps.Count && steps[length][0] == '[') length++;
        }

        return Write(steps.Take(length));
    }

    /// <summary>Name, key and parent of a module instance that is not the root.</summary>
    public static (string Parent, string Name, string Key) SplitModule(string path)
    {
        var steps = StepsOf(path);
        var key = steps[^1][0] == '[' ? steps[^1] : string.Empty;
        var name = steps.Count - (key.Length == 0 ? 1 : 2);
        return name < 1 ? (string.Empty, path, string.Empty) : (Write(steps.Take(name - 1)), steps[name], key);
    }

    /// <summary>The steps as one text again.</summary>
    public static string Write(IEnumerable<string> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            if (text.Length > 0 && step[0] != '[') text.Append('.');
            text.Append(step);
        }

        return text.ToString();
    }

    /// <summary>An address of its parts; the key is text, a number, or absent.</summary>
    public static string Join(string module, string declared, HclValue? key)
    {
        var address = module.Length == 0 ? declared : $"{module}.{declared}";
        return key switch
        {
            HclString text => $"{address}[\"{text.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]",
            HclNumber number => $"{address}[{number}]",
            _ => address,
        };
    }

    private static int EndOfKey(string text, int start)
    {
        var isQuoted = false;
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\' && isQuoted) at++;
            else if (text[at] == '"') isQuoted = !isQuoted;
            else if (text[at] == ']' && !isQuoted) return at + 1;
        }

        return text.Length;
    }
}
