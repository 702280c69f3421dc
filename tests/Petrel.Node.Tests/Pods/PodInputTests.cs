using Petrel.Api.Core;
using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class PodInputTests
{
    [Fact]
    public void A_pod_that_the_API_has_need_not_end_not_even_before_anything_more_is_heard_of_it()
    {
        var input = new PodInput("u", new Pod { Metadata = new() { Uid = "u", ResourceVersion = "7" } }, null, TimeProvider.System);
        Assert.Null(input.Ending(static _ => { }));
        Assert.False(input.IsToBeDeleted);
        Assert.True(input.TakeHasChanged());
    }

    [Fact]
    public void A_pod_that_the_API_does_not_have_must_end()
    {
        var input = new PodInput("u", null, null, TimeProvider.System);
        Assert.NotNull(input.Ending(static _ => { }));
        Assert.True(input.IsToBeDeleted);
    }
}
