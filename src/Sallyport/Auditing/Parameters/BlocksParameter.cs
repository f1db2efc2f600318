using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Auditing.Parameters;

/// <summary>Address blocks of both families: <c>10.0.0.2, 192.0.2.0/24, fd00::/8</c>. A bare address is one host.</summary>
public sealed class BlocksParameter : AuditParameterOf<ImmutableArray<Cidr>>
{
    internal BlocksParameter(string name, string @default, string summary)
        : base(name, "blocks", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem) => Parse(text, out problem);

    private static ImmutableArray<Cidr>? Parse(string text, out string? problem)
    {
        problem = null;
        var blocks = ImmutableArray.CreateBuilder<Cidr>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Cidr.TryParse(part, out var cidr))
            {
                blocks.Add(cidr);
            }
            else if (Address.TryParse(part, out var address))
            {
                blocks.Add(Cidr.Host(address));
            }
            else
            {
                problem = $"\"{part}\" is neither an address nor a CIDR block";
                return null;
            }
        }

        return blocks.ToImmutable();
    }
}
