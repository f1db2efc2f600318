namespace Sallyport.Auditing.Parameters;

/// <summary>A word for each of some accounts: <c>111122223333=prod, 444455556666=dev</c>.</summary>
public sealed class AccountLabelsParameter : AuditParameterOf<IReadOnlyDictionary<string, string>>
{
    private const int AccountDigits = 12;

    internal AccountLabelsParameter(string name, string @default, string summary)
        : base(name, "accounts", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem) => Parse(text, out problem);

    private static Dictionary<string, string>? Parse(string text, out string? problem)
    {
        problem = null;
        var labels = new Dictionary<string, string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: AccountDigits } account, { Length: > 0 } label] && account.All(char.IsAsciiDigit))
            {
                labels[account] = label;
                continue;
            }

            problem = $"\"{part}\" is not a 12-digit account, an equals sign and a word";
            return null;
        }

        return labels;
    }
}
