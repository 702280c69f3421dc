using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;
using Petrel.Storage;

namespace Petrel.ApiServer.CustomResources;

/// <summary>
/// One try to delete all objects of a kind whose definition goes. Admission has no say: they go with their kind. Finalizers do, and
/// are waited for.
/// </summary>
/// <param name="endpoint">The stored objects of the kind; nothing is created there any more.</param>
internal sealed class InstanceRemoval(ResourceEndpoint endpoint, TimeProvider time)
{
    /// <summary>How long objects may take to go before it is told that some are left.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(1);

    private static readonly RequestContext Request = new() { Info = new RequestInfo { Verb = "deletecollection", Path = "" } };

    private long? _waitingSince;

    /// <summary>Goes on as far as it gets now.</summary>
    /// <returns>How the try ended; null while objects are waited for.</returns>
    public async Task<InstanceRemovalOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        if (_waitingSince is null && await DeleteAllAsync(cancellationToken) is { } failed)
        {
            return failed;
        }

        _waitingSince ??= time.GetTimestamp();
        var left = await endpoint.Store.RangeAsync(new RangeRequest(endpoint.Store.RangeOf(""), Content: RangeContent.Count), cancellationToken);
        return left.Count == 0 ? InstanceRemovalOutcome.Completed
            : time.GetElapsedTime(_waitingSince.Value) < WaitMax ? null
            : new("InstanceDeletionCheck", "could not confirm zero CustomResources remaining: timed out waiting for the condition");
    }

    private async Task<InstanceRemovalOutcome?> DeleteAllAsync(CancellationToken cancellationToken)
    {
        List<ObjectMeta> found;
        try
        {
            var stored = await endpoint.Store.RangeAsync(new RangeRequest(endpoint.Store.RangeOf("")), cancellationToken);
            found = [.. (await endpoint.Store.ReadAsync(stored.Items, cancellationToken)).Select(static each => each.Decode().Metadata)];
        }
        catch (ConversionException unreadable)
        {
            return new("InstanceDeletionFailed", "could not list instances: " + unreadable.Message);
        }

        // A namespace in which one cannot be deleted is left alone, as it is where each is one request.
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var meta in found.Where(static meta => meta.DeletionTimestamp is null))
        {
            if (!problems.ContainsKey(meta.Namespace) && await DeleteAsync(meta, cancellationToken) is { } problem)
            {
                problems[meta.Namespace] = problem;
            }
        }

        var told = problems.Values.Distinct(StringComparer.Ordinal).ToList();
        return told.Count == 0 ? null : new("InstanceDeletionFailed", "could not issue all deletes: " + (told.Count == 1 ? told[0] : $"[{string.Join(", ", told)}]"));
    }

    // What is wrong; null when it goes, or has gone.
    private async Task<string?> DeleteAsync(ObjectMeta meta, CancellationToken cancellationToken)
    {
        try
        {
            await DeleteFlow.RunAsync(endpoint, Request, meta.Namespace, meta.Name, new DeleteOptions(), dryRun: false, cancellationToken);
            return null;
        }
        catch (StatusException refused)
        {
            // Deleted by somebody else since it was listed: that is what was wanted.
            return refused.Status.Reason == "NotFound" ? null : refused.Status.Message;
        }
        catch (ConversionException unconverted)
        {
            return unconverted.Message;
        }
    }
}

/// <summary>How the removal of a kind's objects ended, as the condition Terminating of its definition tells it.</summary>
internal sealed record InstanceRemovalOutcome(string Reason, string Message)
{
    /// <summary>There are none left.</summary>
    public static InstanceRemovalOutcome Completed { get; } = new("InstanceDeletionCompleted", "removed all instances");

    /// <summary>There never were to be any.</summary>
    public static InstanceRemovalOutcome NeverEstablished { get; } = new("NeverEstablished", "resource was never established");

    /// <summary>The definition can go.</summary>
    public bool IsDone => this == Completed;
}
