using Petrel.Api.Resources;

namespace Petrel.Api.Tests.Resources;

public class TableTextTests
{
    [Theory]
    [InlineData(-2, "<invalid>")]
    [InlineData(-1, "0s")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(125, "2m5s")]
    [InlineData(10 * 60, "10m")]
    [InlineData((3 * 3600) - 1, "179m")]
    [InlineData(3 * 3600, "3h")]
    [InlineData((7 * 3600) + 300, "7h5m")]
    [InlineData((47 * 3600) + 3599, "47h")]
    [InlineData(48 * 3600, "2d")]
    [InlineData(50 * 3600, "2d2h")]
    [InlineData(8 * 24 * 3600, "8d")]
    [InlineData(729 * 24 * 3600, "729d")]
    [InlineData(730 * 24 * 3600, "2y")]
    [InlineData(735 * 24 * 3600, "2y5d")]
    [InlineData(8 * 365 * 24 * 3600, "8y")]
    public void A_duration_is_short_and_less_exact_the_longer_it_is(int seconds, string text) =>
        Assert.Equal(text, TableText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void An_object_without_creation_time_has_an_unknown_age() => Assert.Equal("<unknown>", TableText.Age(null, DateTimeOffset.UnixEpoch));
}
