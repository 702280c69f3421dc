using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Selectors;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;

namespace Petrel.Controllers.Ownership;

/// <summary>
/// Puts an owner into the queue when one of its dependents changes: the controller of the dependent, before and after the
/// change, or for a dependent without controller every owner that could adopt it.
/// </summary>
internal sealed class DependentWatch<TOwner, T>(
    Informer<TOwner> owners, Func<TOwner, LabelSelector?> selectorOf, WorkQueue<ObjectKey> queue, Expectations? expectations)
    where TOwner : ApiObject, IResource<TOwner>, IApiType<TOwner>
    where T : ApiObject, IApiType<T>
{
    public void Watch(Informer<T> dependents) => dependents.Subscribe(Handle);

    private void Handle(Change<T> change)
    {
        var before = change.Old is null ? null : OwnerOf(change.Old);
        var after = change.New is null ? null : OwnerOf(change.New);
        if (change.IsAdded && after is { } created)
        {
            expectations?.CreationObserved(created);
        }

        // Something that is being deleted counts as gone: its name may be waited for as long as its grace period lasts.
        if ((after ?? before) is { } owner && (change.IsDeleted || change.New!.Metadata.DeletionTimestamp is not null))
        {
            expectations?.DeletionObserved(owner, change.Object.Metadata.Uid);
        }

        Enqueue(before);
        Enqueue(after);
        if (change.New is { Metadata.DeletionTimestamp: null } orphan && orphan.Controller() is null && MayBeAdopted(change))
        {
            EnqueueMatching(orphan);
        }
    }

    private static bool MayBeAdopted(Change<T> change) =>
        change.Old is null
        || change.Old.Metadata.Labels != change.New!.Metadata.Labels
        || change.Old.Controller() != change.New.Controller();

    private void EnqueueMatching(T orphan)
    {
        foreach (var owner in owners.Cache.List(orphan.Metadata.Namespace))
        {
            var selector = LabelSelectorExpression.From(selectorOf(owner));
            if (!selector.IsEmpty && selector.Matches(orphan.Metadata.Labels))
            {
                queue.Add(ObjectKey.Of(owner));
            }
        }
    }

    private void Enqueue(ObjectKey? owner)
    {
        if (owner is { } key)
        {
            queue.Add(key);
        }
    }

    /// <summary>The dependent's controller, if it is of our kind and not another object that had the same name.</summary>
    private ObjectKey? OwnerOf(T dependent)
    {
        if (dependent.Controller() is not { } reference
            || reference.Kind != TOwner.Info.Kind
            || GroupVersionKind.FromApiVersion(reference.ApiVersion, reference.Kind).Group != TOwner.Info.Group)
        {
            return null;
        }

        var key = new ObjectKey(dependent.Metadata.Namespace, reference.Name);
        return owners.Cache.Find(key)?.Metadata.Uid == reference.Uid ? key : null;
    }
}
