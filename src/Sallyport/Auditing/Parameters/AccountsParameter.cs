using System.Collections.Immutable;
using Sallyport.Estates.AwsCli;

namespace Sallyport.Auditing.Parameters;

/// <summary>AWS accounts, twelve digits each: <c>111122223333, 444455556666</c>. Empty text is no account.</summary>
public sealed class AccountsParameter : AuditParameterOf<ImmutableArray<string>>
{
    internal AccountsParameter(string name, string summary)
        : base(name, "accounts", summary)
    {
    }

    /// <inheritdoc/>
    public override string DefaultText => string.Empty;

    internal override object? Read(string text, out string? problem)
    {
        problem = null;
        var accounts = ImmutableArray.CreateBuilder<string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ScopeNames.IsAccount(part))
            {
                problem = $"\"{part}\" is no account: twelve digits are";
                return null;
            }

            accounts.Add(part);
        }

        return accounts.ToImmutable();
    }
}
