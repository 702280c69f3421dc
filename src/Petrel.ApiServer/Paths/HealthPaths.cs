using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Lifecycle;
using Petrel.ApiServer.Metrics;
using Petrel.ApiServer.Requests;
using Petrel.Storage;

namespace Petrel.ApiServer.Paths;

/// <summary>/healthz, /livez and /readyz with ?verbose, ?exclude and one path per check.</summary>
internal sealed class HealthPaths(IReadOnlyList<HealthCheck> checks, HealthMetrics metrics) : IPathHandler
{
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        var parts = request.Info.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts[0] is not ("healthz" or "livez" or "readyz"))
        {
            return false;
        }

        var concerned = checks.Where(check => parts[0] != "livez" || check.IsLiveness).ToList();
        if (parts.Length > 1)
        {
            var name = string.Join('/', parts[1..]);
            var check = concerned.FirstOrDefault(candidate => candidate.Name == name);
            if (check is null)
            {
                return false;
            }

            var failure = await RunAsync(check, parts[0], context.RequestAborted);
            await WriteAsync(context, failure is null ? 200 : 500, failure is null ? "ok" : $"internal server error: {failure}\n");
            return true;
        }

        await AnswerAllAsync(context, parts[0], concerned);
        return true;
    }

    private async Task<string?> RunAsync(HealthCheck check, string path, CancellationToken cancellationToken)
    {
        var failure = await check.RunAsync(cancellationToken);
        metrics.Checked(check.Name, path, failure is null);
        return failure;
    }

    private async Task AnswerAllAsync(HttpContext context, string path, List<HealthCheck> concerned)
    {
        var excluded = context.Request.Query["exclude"].ToHashSet();
        var report = new StringBuilder();
        var failed = false;
        foreach (var check in concerned)
        {
            if (excluded.Remove(check.Name))
            {
                report.Append("[+]").Append(check.Name).Append(" excluded: ok\n");
                continue;
            }

            var failure = await RunAsync(check, path, context.RequestAborted);
            failed |= failure is not null;
            report.Append(failure is null ? "[+]" : "[-]").Append(check.Name).Append(failure is null ? " ok\n" : " failed: reason withheld\n");
        }

        foreach (var unknown in excluded)
        {
            report.Append("warn: some health checks cannot be excluded: no matches for \"").Append(unknown).Append("\"\n");
        }

        report.Append(path).Append(failed ? " check failed\n" : " check passed\n");
        var verbose = context.Request.Query.ContainsKey("verbose");
        await WriteAsync(context, failed ? 500 : 200, failed || verbose ? report.ToString() : "ok");
    }

    private static Task WriteAsync(HttpContext context, int code, string text)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}

/// <summary>One health check.</summary>
/// <param name="Name">Path element and name in the report.</param>
/// <param name="IsLiveness">A failure means that a restart would help.</param>
/// <param name="RunAsync">Null when healthy, otherwise what is wrong.</param>
public sealed record HealthCheck(string Name, bool IsLiveness, Func<CancellationToken, Task<string?>> RunAsync)
{
    /// <summary>Every process that answers has it.</summary>
    public static HealthCheck Ping { get; } = new("ping", true, _ => Task.FromResult<string?>(null));

    /// <summary>Fails when the server has been told to stop; it goes on answering for a while.</summary>
    public static HealthCheck Shutdown(ServerLifecycle lifecycle) =>
        new("shutdown", false, _ => Task.FromResult(lifecycle.IsShuttingDown ? "process is shutting down" : null));

    /// <summary>The store answers a read. Upstream's name for it is etcd.</summary>
    public static HealthCheck Store(IStore store) => new("etcd", true, async cancellationToken =>
    {
        try
        {
            await store.GetStatusAsync(cancellationToken);
            return null;
        }
        catch (StoreUnavailableException unavailable)
        {
            return unavailable.Message;
        }
    });
}
