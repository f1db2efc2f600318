using Sallyport.Estates.AwsCli;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>What the AWS provider that makes a resource is set to.</summary>
/// <param name="Account">Null when the code does not state it.</param>
/// <param name="Region">Null when the code does not state it.</param>
/// <param name="DefaultTags">Tags of everything it makes.</param>
internal sealed record TerraformProvider(string? Account, string? Region, HclMap DefaultTags)
{
    /// <summary>A clause: why there may be more tags than <see cref="DefaultTags"/>; null when these are all.</summary>
    public string? UnknownTags { get; init; }

    /// <summary>One of which nothing is known.</summary>
    public static TerraformProvider None { get; } = new(null, null, HclMap.Empty);

    /// <summary>The settings of a <c>provider</c> block.</summary>
    public static TerraformProvider Of(HclBody body, Func<HclExpression, HclValue> evaluate)
    {
        var region = Value(body, "region") is HclString { Value.Length: > 0 } text ? text.Value : null;
        var accounts = Value(body, "allowed_account_ids") as HclList;
        var account = accounts is { Items: [HclString only] } && ScopeNames.IsAccount(only.Value) ? only.Value : null;
        if (account is null && Nested(body, "assume_role", "role_arn") is HclString arn) account = arn.Value.Split(':') is [_, _, _, _, var owner, ..] && ScopeNames.IsAccount(owner) ? owner : null;
        var tags = Nested(body, "default_tags", "tags") ?? Value(body, "default_tags");
        return new TerraformProvider(account, region, tags as HclMap ?? HclMap.Empty) { UnknownTags = (tags as HclUnknown)?.Why };

        HclValue? Value(HclBody of, string name) => of.Find(name) is { } attribute ? evaluate(attribute.Value) : null;

        // JSON code has the block as an attribute.
        HclValue? Nested(HclBody of, string block, string name)
        {
            if (of.Blocks.FirstOrDefault(b => b.Type == block) is { } nested) return Value(nested.Body, name);
            var value = Value(of, block);
            return (value is HclList { Items: [var first, ..] } ? first : value) is HclMap map && map.Items.TryGetValue(name, out var found) ? found : null;
        }
    }
}
