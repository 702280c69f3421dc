using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>Brings single objects to a wanted state although others write them at the same time, as a second server that starts does.</summary>
internal static class BootstrapWrites
{
    // A write fails only because somebody else succeeded; so many in a row is no coincidence.
    private const int MaximumAttempts = 10;

    /// <summary>Creates the object, or changes the one that is there.</summary>
    /// <param name="wanted">The object to create.</param>
    /// <param name="reconcile">What is to become of a stored object; null when it is fine.</param>
    public static async Task EnsureAsync<T>(this IApi api, T wanted, Func<T, T?> reconcile, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var @namespace = T.Info.Namespaced ? wanted.Metadata.Namespace : null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stored = await api.FindAsync<T>(@namespace, wanted.Metadata.Name, cancellationToken);
                if (stored is null)
                {
                    await api.CreateAsync(wanted, cancellationToken);
                }
                else if (reconcile(stored) is { } next)
                {
                    await api.UpdateAsync(next, cancellationToken);
                }

                return;
            }
            catch (ApiException exception) when (attempt < MaximumAttempts && (exception.IsConflict || exception.IsAlreadyExists || exception.IsNotFound))
            {
                // Look again at what the other writer left.
            }
        }
    }

    /// <summary>Creates the object unless it is there.</summary>
    public static Task EnsureAsync<T>(this IApi api, T wanted, CancellationToken cancellationToken) where T : ApiObject, IResource<T>, IApiType<T> =>
        api.EnsureAsync(wanted, static _ => null, cancellationToken);
}
