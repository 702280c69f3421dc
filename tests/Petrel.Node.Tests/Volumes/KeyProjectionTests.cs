using Petrel.Api;
using Petrel.Node.Volumes;
using Xunit;

namespace Petrel.Node.Tests.Volumes;

public sealed class KeyProjectionTests
{
    private static readonly ApiMap<Binary> Entries = ApiMap.FromPairs(("a", Binary.FromUtf8("1")), ("b", Binary.FromUtf8("2")));

    [Fact]
    public void Without_items_every_entry_is_a_file() =>
        Assert.Equal(["a 420", "b 420"], KeyProjection.Project(Entries, default, 420, optional: false, "no key ", out _)!.Select(file => $"{file.Path} {(int)file.Mode}"));

    [Fact]
    public void Items_choose_names_and_modes()
    {
        var files = KeyProjection.Project(Entries, [new() { Key = "b", Path = "x/y", Mode = 256 }], 420, optional: false, "no key ", out _);
        Assert.Equal(["x/y 256 2"], files!.Select(file => $"{file.Path} {(int)file.Mode} {file.Content.ToUtf8()}"));
    }

    [Fact]
    public void A_missing_key_is_a_problem_unless_optional()
    {
        Assert.Null(KeyProjection.Project(Entries, [new() { Key = "c", Path = "c" }], 420, optional: false, "no key ", out var problem));
        Assert.Equal("no key c", problem);
        Assert.Empty(KeyProjection.Project(Entries, [new() { Key = "c", Path = "c" }], 420, optional: true, "no key ", out _)!);
    }
}
