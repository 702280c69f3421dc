namespace Petrel.Api.Tests.Values;

public sealed class ApiListTests
{
    [Fact]
    public void The_default_is_the_absent_list()
    {
        ApiList<string> absent = default;
        Assert.True(absent.IsNil);
        Assert.Empty(absent);
        Assert.Equal([], absent);
        Assert.False(((ApiList<string>)[]).IsNil);
    }

    [Fact]
    public void Lists_with_equal_items_are_equal()
    {
        ApiList<string> list = ["a", "b"];
        Assert.Equal(ApiList.FromArray(["a", "b"]), list);
        Assert.Equal(ApiList.FromArray(["a", "b"]).GetHashCode(), list.GetHashCode());
        Assert.True(list != ["b", "a"]);
    }

    [Fact]
    public void A_change_is_a_copy()
    {
        ApiList<int> list = [1, 2, 3];
        Assert.Equal([1, 2, 3, 4], list.Add(4));
        Assert.Equal([1, 9, 3], list.SetItem(1, 9));
        Assert.Equal([1, 3], list.RemoveAt(1));
        Assert.Equal([2], list.RemoveAll(static item => item % 2 == 1));
        Assert.Equal([1, 2, 3, 4, 5], list.AddRange([4, 5]));
        Assert.Equal([1, 2, 3], list);
    }

    [Fact]
    public void Works_with_queries_and_loops()
    {
        ApiList<int> list = [1, 2, 3];
        var sum = 0;
        foreach (var item in list)
        {
            sum += item;
        }

        Assert.Equal(6, sum);
        Assert.Equal([2, 4, 6], list.Select(static item => item * 2).ToApiList());
    }
}
