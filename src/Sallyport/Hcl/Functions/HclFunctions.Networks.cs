using Sallyport.Hcl.Values;
using Sallyport.Packets;

namespace Sallyport.Hcl.Functions;

/// <content>Address blocks.</content>
internal static partial class HclFunctions
{
    private static HclFunction[] Networks =>
    [
        new("cidrhost", 2, 2, a => BlockOf(a[0]) is { } block && Whole(a[1]) is { } number ? Host(block, number) : null),
        new("cidrnetmask", 1, 1, a => BlockOf(a[0]) is { Family: IpFamily.V4 } block
            ? new HclString(new Address(IpFamily.V4, block.PrefixLength == 0 ? 0 : uint.MaxValue << (32 - block.PrefixLength) & uint.MaxValue).ToString())
            : null),
        new("cidrsubnet", 3, 3, a => BlockOf(a[0]) is { } block && Whole(a[1]) is { } bits && Whole(a[2]) is { } number && Subnet(block, bits, number) is { } subnet
            ? new HclString(subnet.ToString())
            : null),
        new("cidrsubnets", 2, int.MaxValue, a => BlockOf(a[0]) is { } block ? Subnets(block, a) : null),
    ];

    private static Cidr? BlockOf(HclValue value) => TextOf(value) is { } text && Cidr.TryParse(text, out var block) ? block : null;

    private static int Size(Cidr block) => block.Family == IpFamily.V4 ? 32 : 128;

    private static HclString? Host(Cidr block, int number)
    {
        var last = block.Last.Bits - block.Bits;
        AddressNumber magnitude = (ulong)Math.Abs((long)number);
        if (number < 0 ? magnitude - AddressNumber.One > last : magnitude > last) return null;
        var bits = number < 0 ? block.Last.Bits - (magnitude - AddressNumber.One) : block.Bits + magnitude;
        return new HclString(new Address(block.Family, bits).ToString());
    }

    private static Cidr? Subnet(Cidr block, int bits, int number)
    {
        var length = block.PrefixLength + bits;
        if (bits < 0 || number < 0 || length > Size(block) || (bits < 31 && number >= 1 << bits)) return null;
        return Cidr.Containing(new Address(block.Family, block.Bits + ((AddressNumber)number << (Size(block) - length))), length);
    }

    // Each as the next that fits behind the one before, as Terraform packs them.
    private static HclList? Subnets(Cidr block, IReadOnlyList<HclValue> arguments)
    {
        var made = new List<HclValue>();
        var next = block.Bits;
        foreach (var argument in arguments.Skip(1))
        {
            if (Whole(argument) is not (>= 1 and { } bits) || block.PrefixLength + bits > Size(block)) return null;
            var size = AddressNumber.One << (Size(block) - block.PrefixLength - bits);
            var rest = next & (size - AddressNumber.One);
            if (rest != AddressNumber.Zero) next += size - rest;
            if (next < block.Bits || next + (size - AddressNumber.One) > block.Last.Bits) return null;
            made.Add(new HclString(Cidr.Containing(new Address(block.Family, next), block.PrefixLength + bits).ToString()));
            next += size;
        }

        return new HclList([.. made]);
    }
}
