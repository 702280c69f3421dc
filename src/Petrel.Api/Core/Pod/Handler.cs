using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>What a probe or a lifecycle hook does: exactly one of these.</summary>
internal readonly record struct Handler(ExecAction? Exec, HTTPGetAction? HttpGet, TCPSocketAction? TcpSocket, GRPCAction? Grpc, SleepAction? Sleep)
{
    public void Validate(long gracePeriodSeconds, FieldPath path, FieldErrors errors)
    {
        var count = 0;
        bool IsFirst(object? action, string name)
        {
            if (action is null)
            {
                return false;
            }

            if (++count > 1)
            {
                errors.Forbidden(path.Child(name), "may not specify more than 1 handler type");
            }

            return count == 1;
        }

        if (IsFirst(Exec, "exec") && Exec!.Command.IsEmpty)
        {
            errors.Required(path.Child("exec", "command"));
        }

        if (IsFirst(HttpGet, "httpGet"))
        {
            HttpGet!.Validate(path.Child("httpGet"), errors);
        }

        if (IsFirst(TcpSocket, "tcpSocket"))
        {
            errors.PortOrName(path.Child("tcpSocket", "port"), TcpSocket!.Port);
        }

        if (IsFirst(Grpc, "grpc"))
        {
            errors.Port(path.Child("grpc", "port"), Grpc!.Port);
        }

        if (IsFirst(Sleep, "sleep") && (Sleep!.Seconds < 0 || Sleep.Seconds > gracePeriodSeconds))
        {
            errors.Invalid(path.Child("sleep"), Sleep.Seconds, $"must be non-negative and less than terminationGracePeriodSeconds ({gracePeriodSeconds})");
        }

        if (count == 0)
        {
            errors.Required(path, "must specify a handler type");
        }
    }
}
