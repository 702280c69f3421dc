using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Controllers.GarbageCollection;
using Xunit;

namespace Petrel.Controllers.Tests.GarbageCollection;

/// <summary>What a list says that comes after a gap in the watch.</summary>
public sealed class OwnerGraphTests
{
    private readonly List<string> _attempts = [];
    private readonly OwnerGraph _graph;

    public OwnerGraphTests() => _graph = new OwnerGraph(static (_, _) => ConfigMap.Info, _attempts.Add, static _ => { });

    [Fact]
    public void An_object_that_a_later_list_does_not_have_is_gone()
    {
        _graph.Replace(ConfigMap.Info, [Meta("owner"), Meta("dependent", "owner")]);
        _graph.Replace(Secret.Info, [Meta("secret")]);
        Assert.Empty(_attempts);
        _graph.Replace(ConfigMap.Info, [Meta("dependent", "owner")]);
        Assert.Equal(["dependent"], _attempts);
        Assert.True(_graph.Read("secret", static node => !node.IsVirtual, false));
        Assert.True(_graph.Read("owner", static node => node.IsVirtual, false));
    }

    [Fact]
    public void An_object_that_was_replaced_by_one_of_its_name_is_gone()
    {
        _graph.Replace(ConfigMap.Info, [Meta("first") with { Name = "same" }]);
        _graph.Replace(ConfigMap.Info, [Meta("second") with { Name = "same" }]);
        Assert.True(_graph.Read("first", static _ => false, true));
        Assert.Equal("same", _graph.Read("second", static node => node.Identity.Name, ""));
    }

    [Fact]
    public void Names_of_namespaces_are_kept_once()
    {
        _graph.Put(ConfigMap.Info, Meta("one") with { Namespace = new string("team") });
        _graph.Put(ConfigMap.Info, Meta("two") with { Namespace = new string("team") });
        Assert.Same(_graph.Read("one", static node => node.Identity.Namespace, ""), _graph.Read("two", static node => node.Identity.Namespace, ""));
    }

    private static ObjectMeta Meta(string uid, string? owner = null) => new()
    {
        Name = uid,
        Namespace = "default",
        Uid = uid,
        OwnerReferences = owner is null ? [] : [new() { ApiVersion = "v1", Kind = "ConfigMap", Name = owner, Uid = owner }],
    };
}
