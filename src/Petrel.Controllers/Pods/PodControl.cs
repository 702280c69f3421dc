using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Events;

namespace Petrel.Controllers.Pods;

/// <summary>Creates and deletes pods for an owner and says so in events about the owner.</summary>
internal sealed class PodControl(IApi api, EventRecorder events)
{
    /// <exception cref="ApiException">The server refused.</exception>
    public async Task<Pod> CreateAsync(ApiObject owner, Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            var created = await api.CreateAsync(pod, cancellationToken);
            events.Normal(owner, "SuccessfulCreate", $"Created pod: {created.Metadata.Name}");
            return created;
        }
        catch (ApiException exception)
        {
            if (!exception.IsNamespaceTerminating)
            {
                events.Warning(owner, "FailedCreate", $"Error creating: {exception.Message}");
            }

            throw;
        }
    }

    /// <summary>Deletes the pod; one that is already gone is no error.</summary>
    public async Task DeleteAsync(ApiObject owner, Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            var deleted = await api.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, null, cancellationToken);
            if (deleted)
            {
                events.Normal(owner, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
            }
        }
        catch (ApiException exception)
        {
            events.Warning(owner, "FailedDelete", $"Error deleting: {exception.Message}");
            throw;
        }
    }
}
