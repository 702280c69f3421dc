using Petrel.Storage.Backends.Embedded.Index;

namespace Petrel.Storage.Tests.Backends.Embedded.Index;

public class KeyTreeTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 700)]
    [InlineData(3, 5_000)]
    public void Random_edits_match_a_sorted_dictionary_and_old_trees_never_change(int seed, int keySpace)
    {
        var random = new Random(seed);
        var model = new SortedDictionary<string, KeyValue>(StringComparer.Ordinal);
        var editor = new KeyTreeEditor(KeyTree.Empty);
        var kept = new List<(KeyTree Tree, KeyValue[] Items)>();
        for (var step = 0; step < 30_000; step++)
        {
            // Long runs of mostly puts and of mostly deletions, so that nodes split and merge all the way.
            var key = "/registry/" + random.Next(keySpace).ToString("x4", null);
            if (random.Next(100) < ((step / 5_000) % 2 == 0 ? 75 : 25))
            {
                var item = new KeyValue(key, default, step, step, 1, 0);
                Assert.Same(model.GetValueOrDefault(key), editor.Put(item));
                model[key] = item;
            }
            else
            {
                Assert.Same(model.GetValueOrDefault(key), editor.Remove(key));
                model.Remove(key);
            }

            if (step % 1_000 == 0)
            {
                kept.Add((editor.ToTree(), [.. model.Values]));
                CheckRanges(editor.ToTree(), [.. model.Values], random, keySpace);
            }
        }

        foreach (var (tree, items) in kept)
        {
            Assert.Equal(items.Length, tree.Count);
            Assert.True(items.SequenceEqual(tree.Items(string.Empty, tree.Count)));
            Assert.All(items, item => Assert.Same(item, tree.Find(item.Key)));
        }
    }

    [Fact]
    public void Removing_everything_leaves_an_empty_tree()
    {
        var editor = new KeyTreeEditor(KeyTree.Empty);
        for (var i = 0; i < 5_000; i++)
        {
            editor.Put(new KeyValue($"k{i:d5}", default, 1, 1, 1, 0));
        }

        for (var i = 0; i < 5_000; i++)
        {
            Assert.NotNull(editor.Remove($"k{i:d5}"));
        }

        Assert.Equal(0, editor.ToTree().Count);
        Assert.Null(editor.Find("k00001"));
        editor.Put(new KeyValue("again", default, 1, 1, 1, 0));
        Assert.Equal("again", Assert.Single(editor.ToTree().Items(string.Empty, 1)).Key);
    }

    private static void CheckRanges(KeyTree tree, KeyValue[] items, Random random, int keySpace)
    {
        for (var i = 0; i < 20; i++)
        {
            var start = "/registry/" + random.Next(keySpace).ToString("x4", null);
            var end = random.Next(4) == 0 ? null : "/registry/" + random.Next(keySpace).ToString("x4", null);
            var range = KeyRange.Between(start, end);
            var expected = items.Where(item => range.Contains(item.Key)).ToArray();
            Assert.Equal(expected.Length, tree.CountOf(range));
            var limit = random.Next(expected.Length + 1);
            Assert.True(expected.Take(limit).SequenceEqual(tree.Items(start, limit)));
        }
    }
}
