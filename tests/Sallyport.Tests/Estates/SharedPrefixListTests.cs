using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Estates;

/// <summary>AWS's own prefix lists are seen by every account of a Region; an estate holds each once.</summary>
public sealed class SharedPrefixListTests
{
    private static readonly PrefixListId Id = new("pl-6da54004");

    [Fact]
    public void The_order_of_reading_does_not_show()
    {
        var (first, second) = (List("111122223333"), List("444455556666"));
        var there = new EstateBuilder().Add(first).Add(second).Build();
        var back = new EstateBuilder().Add(second).Add(first).Build();
        Assert.Equal("111122223333", Assert.Single(there.PrefixLists).Scope.Account);
        Assert.Equal("111122223333", Assert.Single(back.PrefixLists).Scope.Account);
    }

    [Fact]
    public void A_reading_that_names_its_account_completes_one_that_does_not()
    {
        var estate = new EstateBuilder().Add(List(string.Empty)).Add(List("444455556666")).Build();
        Assert.Equal("444455556666", Assert.Single(estate.PrefixLists).Scope.Account);
    }

    private static PrefixList List(string account) => new(Id, new Scope(account, "eu-west-1"))
    {
        Name = "com.amazonaws.eu-west-1.s3",
        Owner = "AWS",
        Entries = [new PrefixListEntry(Cidr.Parse("52.218.0.0/17"), string.Empty)],
    };
}
