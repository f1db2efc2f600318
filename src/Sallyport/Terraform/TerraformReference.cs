namespace Sallyport.Terraform;

/// <summary>What an expression refers to, taken apart.</summary>
/// <param name="Address">Of the resource: <c>module.net["a"].aws_vpc.main[0]</c>. Of anything else the whole reference.</param>
/// <param name="Attribute">What stands behind the address: <c>id</c>, <c>vpc_config[0].cluster_security_group_id</c>; empty when nothing does.</param>
internal readonly record struct TerraformReference(string Address, string Attribute)
{
    /// <summary>Takes a reference apart; dots within instance keys do not count.</summary>
    public static TerraformReference Parse(string reference)
    {
        var at = 0;
        while (StartsWith(reference, at, "module.")) at = Next(reference, Next(reference, at));
        if (at >= reference.Length || StartsWith(reference, at, "var.")) return new TerraformReference(reference, string.Empty);
        if (StartsWith(reference, at, "data.")) at = Next(reference, at);
        var type = Next(reference, at);

        // An output of a module has a name and no type.
        if (type >= reference.Length) return new TerraformReference(reference, string.Empty);
        var end = Next(reference, type);
        return end >= reference.Length
            ? new TerraformReference(reference, string.Empty)
            : new TerraformReference(reference[..(end - 1)], reference[end..]);
    }

    /// <summary>The last part of an address, which code calls the name: <c>web["a"]</c>.</summary>
    public static string NameOf(string address)
    {
        var at = 0;
        for (var next = Next(address, 0); next < address.Length; next = Next(address, next)) at = next;
        return address[at..];
    }

    /// <summary>The module part of an address: empty for the root module.</summary>
    public static string ModuleOf(string address)
    {
        var at = 0;
        while (StartsWith(address, at, "module.")) at = Next(address, Next(address, at));
        return at == 0 ? string.Empty : address[..Math.Max(0, Math.Min(at, address.Length + 1) - 1)];
    }

    private static bool StartsWith(string text, int at, string word) => at < text.Length && string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

    // The position behind the next dot; beyond the end when there is none.
    private static int Next(string text, int from)
    {
        var isQuoted = false;
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when depth > 0 && (i == 0 || text[i - 1] != '\\'): isQuoted = !isQuoted; break;
                case '[' when !isQuoted: depth++; break;
                case ']' when !isQuoted: depth--; break;
                case '.' when !isQuoted && depth <= 0: return i + 1;
            }
        }

        return text.Length + 1;
    }
}
