using Petrel.Api.Json;
using Petrel.Api.Patch;

namespace Petrel.Api.Tests.Patch;

/// <summary>What holds for patches of any documents.</summary>
public class PatchLawsTests
{
    private const int Runs = 2000;
    private readonly Random _random = new(11);

    [Fact]
    public void The_merge_patch_between_two_documents_turns_one_into_the_other_and_does_nothing_more()
    {
        for (var run = 0; run < Runs; run++)
        {
            var (from, to) = (Map(3), Map(3));
            var patch = Difference(from, to).ToUtf8();
            var result = MergePatch.Apply(from, patch).Result!;
            Assert.True(to.Equals(result));
            Assert.True(to.Equals(MergePatch.Apply(result, patch).Result));
        }
    }

    [Fact]
    public void A_value_that_is_put_in_by_a_json_patch_is_found_there_and_taken_out_again()
    {
        for (var run = 0; run < Runs; run++)
        {
            var (document, name, value) = (Map(3), "new/~" + run, Tree(2));
            var pointer = JsonTree.Parse($"\"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}\"");
            var added = JsonPatch.Apply(document, Utf8($$"""[{"op":"add","path":{{pointer}},"value":{{value}}},{"op":"test","path":{{pointer}},"value":{{value}}}]""")).Result!;
            Assert.Equal(value, added.Find(name));
            Assert.Equal(document, JsonPatch.Apply(added, Utf8($$"""[{"op":"remove","path":{{pointer}}}]""")).Result);
        }
    }

    [Fact]
    public void Copy_then_remove_is_move()
    {
        for (var run = 0; run < Runs; run++)
        {
            var document = Map(3).With("source", Tree(2));
            var moved = JsonPatch.Apply(document, Utf8("""[{"op":"move","from":"/source","path":"/target"}]""")).Result;
            var copied = JsonPatch.Apply(document, Utf8("""[{"op":"copy","from":"/source","path":"/target"},{"op":"remove","path":"/source"}]""")).Result;
            Assert.Equal(copied, moved);
        }
    }

    // Null is no value of a document here: a merge patch cannot set it.
    private JsonTree Tree(int depth) => _random.Next(depth > 0 ? 5 : 3) switch
    {
        0 => _random.Next(10),
        1 => "t" + _random.Next(10),
        2 => _random.Next(2) == 0,
        3 => JsonList.Create([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Tree(depth - 1))]),
        _ => Map(depth - 1),
    };

    private JsonMap Map(int depth)
    {
        var builder = new JsonMapBuilder();
        for (var count = _random.Next(4); count > 0; count--)
        {
            builder.Set("k" + _random.Next(5), Tree(depth));
        }

        return builder.ToMap();
    }

    private static JsonMap Difference(JsonMap from, JsonMap to)
    {
        var builder = new JsonMapBuilder();
        foreach (var (name, value) in to)
        {
            switch (from.Find(name), value)
            {
                case (JsonMap before, JsonMap after):
                    builder.Set(name, Difference(before, after));
                    break;
                case ({ } before, _) when before.Equals(value):
                    break;
                default:
                    builder.Set(name, value);
                    break;
            }
        }

        foreach (var (name, _) in from)
        {
            if (!to.ContainsKey(name))
            {
                builder.Set(name, JsonTree.Null);
            }
        }

        return builder.ToMap();
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
