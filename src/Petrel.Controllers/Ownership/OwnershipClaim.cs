using System.Text;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Selectors;
using Petrel.Client.Api;
using Petrel.Client.Informers;

namespace Petrel.Controllers.Ownership;

/// <summary>
/// Brings what an owner controls in line with its selector: orphans that match are adopted, controlled objects that no
/// longer match are released. Objects of other controllers are left alone whatever their labels.
/// </summary>
/// <typeparam name="TOwner">The controlling kind.</typeparam>
/// <typeparam name="T">The controlled kind.</typeparam>
internal sealed class OwnershipClaim<TOwner, T>(IApi api, ObjectCache<T> cache)
    where TOwner : ApiObject, IResource<TOwner>, IApiType<TOwner>
    where T : ApiObject, IResource<T>, IApiType<T>
{
    /// <summary>The objects that the owner controls afterwards.</summary>
    /// <param name="candidate">Says which orphans may be adopted at all (only pods that are not finished, say).</param>
    public async Task<List<T>> ClaimAsync(TOwner owner, LabelSelectorExpression selector, Predicate<T> candidate, CancellationToken cancellationToken)
    {
        var claimed = new List<T>();
        var ownerChecked = false;
        foreach (var value in cache.ControlledBy(owner))
        {
            if (selector.Matches(value.Metadata.Labels))
            {
                claimed.Add(value);
            }
            else if (owner.Metadata.DeletionTimestamp is null)
            {
                await ReleaseAsync(owner, value, cancellationToken);
            }
        }

        foreach (var orphan in owner.Metadata.DeletionTimestamp is null ? cache.OrphansIn(owner.Metadata.Namespace) : [])
        {
            if (orphan.Metadata.DeletionTimestamp is null && selector.Matches(orphan.Metadata.Labels) && candidate(orphan))
            {
                // The cache may show an owner that is being deleted by now, or was replaced by one of the same name.
                ownerChecked = ownerChecked || await StillOwnsAsync(owner, cancellationToken);
                if (!ownerChecked)
                {
                    break;
                }

                await AdoptAsync(owner, orphan, claimed, cancellationToken);
            }
        }

        return claimed;
    }

    private async Task<bool> StillOwnsAsync(TOwner owner, CancellationToken cancellationToken)
    {
        var live = await api.FindAsync<TOwner>(owner.Metadata.Namespace, owner.Metadata.Name, cancellationToken);
        return live is { Metadata.DeletionTimestamp: null } && live.Metadata.Uid == owner.Metadata.Uid;
    }

    private async Task AdoptAsync(TOwner owner, T orphan, List<T> claimed, CancellationToken cancellationToken)
    {
        var reference = Encoding.UTF8.GetString(JsonEncoding.Encode(OwnerReferences.ControlledBy(owner)));
        if (await PatchAsync(orphan, reference, cancellationToken) is { } adopted)
        {
            claimed.Add(adopted);
        }
    }

    private Task ReleaseAsync(TOwner owner, T value, CancellationToken cancellationToken) =>
        PatchAsync(value, $$"""{"$patch":"delete","uid":{{Quote(owner.Metadata.Uid)}}}""", cancellationToken);

    // The uid in the patch makes the server refuse it when another object has taken the name.
    private async Task<T?> PatchAsync(T value, string reference, CancellationToken cancellationToken)
    {
        var patch = PatchBody.Strategic($$$"""{"metadata":{"uid":{{{Quote(value.Metadata.Uid)}}},"ownerReferences":[{{{reference}}}]}}""");
        try
        {
            return await api.PatchAsync<T>(value.Metadata.Namespace, value.Metadata.Name, patch, null, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.Reason == "Invalid")
        {
            // Gone; or it has another controller by now. Either way the change reaches the cache and the owner is looked at again.
            return null;
        }
    }

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
