using System.Globalization;
using Microsoft.Extensions.Logging;
using Petrel.Api.ApiExtensions;
using Petrel.ApiServer.Registry;
using Petrel.Client.Api;
using Petrel.Storage;
using static Petrel.Api.ApiExtensions.CustomResourceDefinitionCondition;

namespace Petrel.ApiServer.CustomResources;

/// <summary>
/// Serves what CustomResourceDefinitions define. Follows the stored definitions, and brings all to the state that they ask for after
/// every change: accepts names, serves established kinds, and removes the objects of definitions that go.
/// </summary>
internal sealed partial class DefinitionController(
    ResourceStore store, ResourceRegistry registry, CustomEndpoints endpoints, IApi api, TimeProvider time, ILogger<DefinitionController> logger)
{
    /// <summary>Between two looks at objects that their finalizers keep, and before a failed step is tried again.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest time before a removal that failed is tried again; each failure doubles it.</summary>
    private static readonly TimeSpan RetryIntervalMax = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, CustomResourceDefinition> _definitions = new(StringComparer.Ordinal);

    // By uid: those that are removed as soon as the store has heard of it. They are served no more.
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    // By uid: how far the objects of definitions that go are removed, and what could not be done about it when.
    private readonly Dictionary<string, InstanceRemoval> _removals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Last, TimeSpan Delay)> _failed = new(StringComparer.Ordinal);

    // Definitions of one group compete for names, so a change of one is a change of all of its group.
    private readonly HashSet<string> _changedGroups = new(StringComparer.Ordinal);

    /// <summary>Serves the definitions that are there.</summary>
    /// <returns>The revision up to which they are known.</returns>
    public async Task<long> LoadAsync(CancellationToken cancellationToken)
    {
        var result = await store.RangeAsync(new RangeRequest(store.RangeOf("")), cancellationToken);
        _definitions.Clear();
        foreach (var pair in result.Items)
        {
            Note((CustomResourceDefinition)store.Wrap(pair).Decode());
        }

        var isChanged = endpoints.Names.Where(name => !_definitions.ContainsKey(name)).ToList().Aggregate(false, (changed, name) => endpoints.Remove(name) | changed);
        foreach (var definition in _definitions.Values.Where(static definition => definition.Status.IsTrue(Established)))
        {
            isChanged |= endpoints.Serve(definition);
        }

        Publish(isChanged || registry.CustomVersions is null);
        return result.Revision;
    }

    /// <summary>Follows the definitions until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(await LoadAsync(cancellationToken), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (StoreUnavailableException exception)
            {
                Log.Interrupted(logger, exception);
                await Task.Delay(RetryInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(long revision, CancellationToken cancellationToken)
    {
        using var watch = store.Watch(new WatchRequest(store.RangeOf(""), revision + 1));
        Task<WatchBatch>? next = null;
        while (true)
        {
            var isSettled = await SettleAsync(cancellationToken);
            next ??= watch.ReadAsync(cancellationToken).AsTask();
            if (!isSettled && await Task.WhenAny(next, Task.Delay(RetryInterval, time, cancellationToken)) != next)
            {
                continue;
            }

            var batch = await next;
            next = null;
            foreach (var change in batch.Events.ToArray())
            {
                if (change.IsDelete)
                {
                    if (_definitions.Remove(change.Key[store.Prefix.Length..], out var gone))
                    {
                        Forget(gone.Metadata.Uid);
                        _changedGroups.Add(gone.Spec.Group);
                        Publish(endpoints.Remove(gone.Metadata.Name));
                    }
                }
                else
                {
                    Note((CustomResourceDefinition)store.Wrap(change.Current).Decode());
                }
            }

            if (batch.EndsWatch)
            {
                return;
            }
        }
    }

    private void Forget(string uid)
    {
        _ended.Remove(uid);
        _removals.Remove(uid);
        _failed.Remove(uid);
    }

    // What was written here is known before its event comes, and events of older states must not undo it.
    private void Note(CustomResourceDefinition definition)
    {
        var name = definition.Metadata.Name;
        if (!_definitions.TryGetValue(name, out var known) || RevisionOf(known) <= RevisionOf(definition))
        {
            _definitions[name] = definition;
            _changedGroups.Add(definition.Spec.Group);
        }
    }

    private static long RevisionOf(CustomResourceDefinition definition) => long.Parse(definition.Metadata.ResourceVersion, CultureInfo.InvariantCulture);

    /// <summary>Serves a definition, or no more, as its status will be when all is written.</summary>
    private void Serve(CustomResourceDefinition definition)
    {
        var isServed = definition.Status.IsTrue(Established) && !_ended.Contains(definition.Metadata.Uid);
        Publish(isServed ? endpoints.Serve(definition) : endpoints.Remove(definition.Metadata.Name));
    }

    private void Publish(bool isChanged)
    {
        if (isChanged)
        {
            registry.ServeCustom(endpoints.All);
        }
    }

    /// <summary>Takes every definition that something happened to as far as it gets now. False: something is to be tried again.</summary>
    private async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        var groups = _changedGroups.ToHashSet(StringComparer.Ordinal);
        _changedGroups.Clear();
        var isSettled = true;
        foreach (var (name, group) in _definitions.Values.Select(static definition => (definition.Metadata.Name, definition.Spec.Group)).OrderBy(static one => one.Name, StringComparer.Ordinal).ToList())
        {
            if (!groups.Contains(group))
            {
                continue;
            }

            try
            {
                if (await SettleAsync(name, cancellationToken))
                {
                    continue;
                }
            }
            catch (ApiException exception) when (exception.IsConflict || exception.IsNotFound)
            {
                // Somebody else wrote; the event of that is on its way.
                continue;
            }
            catch (ApiException exception)
            {
                Log.Refused(logger, name, exception.Message);
            }

            isSettled = false;
            _changedGroups.Add(group);
        }

        return isSettled;
    }

    private async Task<bool> SettleAsync(string name, CancellationToken cancellationToken)
    {
        // Who sees a kind established finds it served: its endpoints come before its condition.
        Serve(_definitions[name] with { Status = DefinitionStatus.Last(_definitions[name], _definitions.Values, time.GetUtcNow()) });
        while (DefinitionStatus.Next(_definitions[name], _definitions.Values, time.GetUtcNow()) is { } status)
        {
            Note(await api.UpdateStatusAsync(_definitions[name] with { Status = status }, cancellationToken));
        }

        var definition = _definitions[name];
        return definition.Metadata.DeletionTimestamp is null || !definition.Metadata.Finalizers.Contains(DefinitionRemoval.Finalizer)
            || await RemoveAsync(definition, cancellationToken);
    }

    /// <summary>Removes the objects of a definition, and then the finalizer that kept it for them. False while objects are left.</summary>
    private async Task<bool> RemoveAsync(CustomResourceDefinition definition, CancellationToken cancellationToken)
    {
        var uid = definition.Metadata.Uid;
        if (_failed.TryGetValue(uid, out var failed) && time.GetElapsedTime(failed.Last) < failed.Delay)
        {
            return false;
        }

        // 1. Nothing new comes any more: endpoints of ending definitions create nothing.
        definition = await SetTerminatingAsync(definition, "InstanceDeletionInProgress", "CustomResource deletion is in progress", cancellationToken);
        Serve(definition);

        // 2. What is there goes, unless finalizers keep it.
        var outcome = InstanceRemovalOutcome.Completed;
        if (definition.Status.AcceptedNames.Plural.Length > 0)
        {
            var removal = _removals.TryGetValue(uid, out var begun) ? begun : _removals[uid] = new InstanceRemoval(endpoints.OfStored(definition), time);
            if (await removal.RunAsync(cancellationToken) is not { } ended)
            {
                return false;
            }

            _removals.Remove(uid);
            outcome = ended;
        }

        if (!outcome.IsDone)
        {
            var delay = failed.Delay == default ? RetryInterval : failed.Delay * 2;
            _failed[uid] = (time.GetTimestamp(), delay < RetryIntervalMax ? delay : RetryIntervalMax);
            await SetTerminatingAsync(definition, outcome.Reason, outcome.Message, cancellationToken);
            return false;
        }

        // 3. The definition itself. One that was about to be established may have had objects already.
        await FinishAsync(definition, definition.Status.IsTrue(Established) ? outcome : InstanceRemovalOutcome.NeverEstablished, cancellationToken);
        return true;
    }

    private async Task FinishAsync(CustomResourceDefinition definition, InstanceRemovalOutcome outcome, CancellationToken cancellationToken)
    {
        var finalizers = definition.Metadata.Finalizers.Where(static finalizer => finalizer != DefinitionRemoval.Finalizer).ToList();
        if (finalizers.Count == 0)
        {
            // Who finds the definition gone finds its kind gone, too.
            _ended.Add(definition.Metadata.Uid);
            Serve(definition);
        }

        try
        {
            await api.UpdateStatusAsync(
                definition with
                {
                    Metadata = definition.Metadata with { Finalizers = [.. finalizers] },
                    Status = definition.Status.With(Terminating, "False", outcome.Reason, outcome.Message, time.GetUtcNow()),
                },
                cancellationToken);
        }
        catch (ApiException exception) when (!exception.IsNotFound)
        {
            _ended.Remove(definition.Metadata.Uid);
            throw;
        }
    }

    private async Task<CustomResourceDefinition> SetTerminatingAsync(CustomResourceDefinition definition, string reason, string message, CancellationToken cancellationToken)
    {
        var status = definition.Status.With(Terminating, "True", reason, message, time.GetUtcNow());
        if (status == definition.Status)
        {
            return definition;
        }

        definition = await api.UpdateStatusAsync(definition with { Status = status }, cancellationToken);
        Note(definition);
        return definition;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "following the definitions of custom resources was interrupted")]
        public static partial void Interrupted(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "the definition {Name} is tried again: {Message}")]
        public static partial void Refused(ILogger logger, string name, string message);
    }
}
