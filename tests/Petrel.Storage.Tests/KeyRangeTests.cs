namespace Petrel.Storage.Tests;

public class KeyRangeTests
{
    [Theory]
    [InlineData("/registry/pods/", "/registry/pods/a", true)]
    [InlineData("/registry/pods/", "/registry/pods", false)]
    [InlineData("/registry/pods/", "/registry/podtemplates/a", false)]
    [InlineData("", "anything", true)]
    [InlineData("a\uffff", "a\uffff\uffff", true)]
    [InlineData("a\uffff", "b", false)]
    [InlineData("\uffff", "\uffffz", true)]
    public void A_prefix_holds_the_keys_that_begin_with_it(string prefix, string key, bool expected)
    {
        var range = KeyRange.Prefix(prefix);
        Assert.Equal(expected, range.Contains(key));
        Assert.True(range.IsPrefix);
    }

    [Fact]
    public void A_single_key_range_holds_that_key_only()
    {
        var range = KeyRange.Single("/a");
        Assert.True(range.IsSingle);
        Assert.True(range.Contains("/a"));
        Assert.False(range.Contains("/a\0"));
        Assert.False(range.Contains("/"));
        Assert.False(KeyRange.Prefix("/a").IsSingle);
        Assert.False(range.IsPrefix);
    }

    [Fact]
    public void A_list_continues_after_the_last_key_it_saw()
    {
        var rest = KeyRange.Prefix("/a/").After("/a/2");
        Assert.False(rest.Contains("/a/2"));
        Assert.True(rest.Contains("/a/20"));
        Assert.False(rest.Contains("/b"));
        Assert.Equal(KeyRange.Prefix("/b/"), KeyRange.Prefix("/b/").After("/a/2"));
    }
}
