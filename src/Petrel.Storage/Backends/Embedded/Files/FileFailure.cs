namespace Petrel.Storage.Backends.Embedded.Files;

/// <summary>Turns failures of files into the store's exception, with the path and whether space ran out.</summary>
internal static class FileFailure
{
    private const int NoSpace = 28; // ENOSPC, errno(3)
    private const int OverQuota = 122; // EDQUOT

    public static void Run(string path, Action action) => Run(path, () =>
    {
        action();
        return true;
    });

    public static T Run<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception reason) when (reason is IOException and not StoreUnavailableException or UnauthorizedAccessException)
        {
            throw Of(path, reason);
        }
    }

    public static StoreUnavailableException Of(string path, Exception reason)
    {
        // On Unix the framework puts the error number into HResult.
        var full = reason.HResult is NoSpace or OverQuota;
        var message = full ? $"No space left for '{path}'." : $"'{path}' failed: {reason.Message}";
        return new StoreUnavailableException(message, reason) { IsOutOfSpace = full };
    }
}
