using Sallyport.Lab.Estates;

namespace Sallyport.Aws.Tests.Estates;

public sealed class LabEstatesTests
{
    [Theory]
    [InlineData("acme", 37)]
    [InlineData("empty", 0)]
    [InlineData("large:groups=12", 12)]
    [InlineData("large:groups=12,rules=50,interfaces=3,seed=9", 12)]
    [InlineData("large:seed=0,groups=0", 0)]
    public void A_known_name_gives_its_estate(string name, int groups)
    {
        Assert.True(LabEstates.TryCreate(name, out var estate, out var problem), problem);
        Assert.Null(problem);
        Assert.Equal(groups, estate.SecurityGroups.Length);
        Assert.Empty(estate.Gaps);
    }

    [Fact]
    public void Every_listed_name_works() => Assert.All(LabEstates.Names, name => Assert.True(LabEstates.TryCreate(name, out _, out _)));

    [Theory]
    [InlineData("acne", "did you mean \"acme\"")]
    [InlineData("", "there is no lab estate")]
    [InlineData("ACME", "there is no lab estate")]
    [InlineData("large:", "is no setting")]
    [InlineData("large:gruops=3", "\"gruops\" is no setting")]
    [InlineData("large:groups", "groups needs a whole number")]
    [InlineData("large:groups=", "groups needs a whole number")]
    [InlineData("large:groups=-1", "groups needs a whole number")]
    [InlineData("large:groups=1e3", "groups needs a whole number")]
    [InlineData("large:groups=99999999999", "groups needs a whole number")]
    [InlineData("large:groups=100001", "outside 0-100000")]
    [InlineData("large:groups=2147483647", "outside 0-100000")]
    [InlineData("large:groups=3,groups=4", "given twice")]
    [InlineData("large:groups=1,rules=1000", "more than 400")]
    [InlineData("large:groups=1,interfaces=30001", "do not fit")]
    public void Anything_else_gets_a_reason(string name, string reason)
    {
        Assert.False(LabEstates.TryCreate(name, out var estate, out var problem));
        Assert.Null(estate);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
