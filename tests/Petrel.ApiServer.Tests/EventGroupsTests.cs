using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Xunit;
using NewEvent = Petrel.Api.Events.Event;

namespace Petrel.ApiServer.Tests;

public sealed class EventGroupsTests
{
    [Fact]
    public async Task Both_groups_show_and_change_the_same_events()
    {
        await using var server = await TestServer.StartAsync();
        var old = await server.Admin.CreateAsync(Event("old"), CancellationToken.None);
        var seen = await server.Admin.GetAsync<NewEvent>("default", "old", CancellationToken.None);
        Assert.Equal((old.Metadata.Uid, "text", "Pod"), (seen.Metadata.Uid, seen.Note, seen.Regarding.Kind));

        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var watching = server.Admin.WatchAsync<NewEvent>("default", new ListOptions { ResourceVersion = old.Metadata.ResourceVersion }, stop.Token)
            .GetAsyncEnumerator(stop.Token);
        var next = watching.MoveNextAsync();
        await server.Admin.UpdateAsync(old with { Count = 7 }, CancellationToken.None);
        Assert.True(await next);
        Assert.Equal(("MODIFIED", 7), (watching.Current.Type, watching.Current.Object!.DeprecatedCount));
        await watching.DisposeAsync();

        var list = await server.Admin.ListAsync<NewEvent>("default", new ListOptions { FieldSelector = "regarding.name=p" }, CancellationToken.None);
        Assert.Equal("old", Assert.Single(list.Items).Metadata.Name);
        await server.Admin.DeleteAsync<NewEvent>("default", "old", null, CancellationToken.None);
        Assert.Null(await server.Admin.FindAsync<Event>("default", "old", CancellationToken.None));
    }

    private static Event Event(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        InvolvedObject = new ObjectReference { Kind = "Pod", Namespace = "default", Name = "p" },
        Message = "text",
    };
}
