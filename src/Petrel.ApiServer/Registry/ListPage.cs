using Petrel.Api.Meta;

namespace Petrel.ApiServer.Registry;

/// <summary>A list, or one page of it.</summary>
/// <param name="Revision">The revision that the list shows.</param>
/// <param name="Continue">Token for the next page; empty at the end.</param>
/// <param name="Remaining">How many more there are; null when that is not known (selectors).</param>
/// <param name="Items">The objects in key order. They are references to stored bytes: a large list costs little.</param>
internal sealed record ListPage(long Revision, string Continue, long? Remaining, IEnumerable<StoredObject> Items)
{
    /// <summary>The metadata of the list.</summary>
    public ListMeta Metadata => new() { ResourceVersion = ResourceStore.Text(Revision), Continue = Continue, RemainingItemCount = Remaining };
}
