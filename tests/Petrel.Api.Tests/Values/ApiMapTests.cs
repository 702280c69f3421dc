namespace Petrel.Api.Tests.Values;

public sealed class ApiMapTests
{
    [Fact]
    public void Entries_are_sorted_and_the_last_of_a_key_stays()
    {
        var map = ApiMap.FromPairs(("b", 1), ("a", 2), ("b", 3));
        Assert.Equal([new("a", 2), new("b", 3)], map.Span.ToArray());
    }

    [Fact]
    public void Keys_are_ordered_by_their_bytes()
    {
        // U+1F600 is two surrogates (D83D ...) in UTF-16 but comes after U+FF5E in UTF-8.
        var map = ApiMap.FromPairs(("\U0001F600", 1), ("\uFF5E", 2), ("z", 3));
        Assert.Equal(["z", "\uFF5E", "\U0001F600"], map.Keys);
        Assert.Equal(1, map["\U0001F600"]);
    }

    [Fact]
    public void The_default_is_the_absent_map()
    {
        ApiMap<string> absent = default;
        Assert.True(absent.IsNil);
        Assert.Empty(absent);
        Assert.False(absent.ContainsKey("x"));
        Assert.True(absent == ApiMap.FromPairs<string>());
        Assert.False(ApiMap.FromPairs<string>().IsNil);
        Assert.Equal("y", absent.With("x", "y")["x"]);
    }

    [Fact]
    public void A_change_is_a_copy()
    {
        var map = ApiMap.FromPairs(("b", 1), ("d", 2));
        Assert.Equal(["a", "b", "d"], map.With("a", 0).Keys);
        Assert.Equal(["b", "c", "d"], map.With("c", 0).Keys);
        Assert.Equal(9, map.With("b", 9)["b"]);
        Assert.Equal(["d"], map.Without("b").Keys);
        Assert.Equal(map, map.Without("x"));
        Assert.Equal(5, map.WithRange([new("d", 5)])["d"]);
        Assert.Equal(2, map["d"]);
    }

    [Fact]
    public void Maps_with_equal_entries_are_equal()
    {
        Assert.Equal(ApiMap.FromPairs(("a", "1"), ("b", "2")), ApiMap.FromPairs(("b", "2"), ("a", "1")));
        Assert.NotEqual(ApiMap.FromPairs(("a", "1")), ApiMap.FromPairs(("a", "2")));
        Assert.NotEqual(ApiMap.FromPairs(("a", "1")), ApiMap.FromPairs(("b", "1")));
    }

    [Fact]
    public void Every_entry_of_a_large_map_is_found()
    {
        var map = Enumerable.Range(0, 1000).Select(static i => KeyValuePair.Create($"key{i * 7919 % 1000}", i)).ToApiMap();
        Assert.Equal(1000, map.Count);
        Assert.All(map, entry => Assert.Equal(entry.Value, map[entry.Key]));
        Assert.False(map.ContainsKey("key1000"));
    }
}
